#include "picture.hpp"

#include <cstdio>

namespace {

const int left = 70, top = 64, width = 860, height = 460, letter = 7, line = 13;

const char* const colours[] = {"#cfe3f7", "#fbe3c0", "#d8efcf", "#f6d3d8", "#e2d8f3", "#efe9b8"};

const char head[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
    "font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"11\">\n"
    "<defs>\n"
    "<pattern id=\"ring\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><path d=\"M0 0V7\" stroke=\"#000\" stroke-width=\"1\" "
    "opacity=\"0.45\"/></pattern>\n"
    "<pattern id=\"turns\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><path d=\"M0 0V7M0 0H7\" stroke=\"#000\" stroke-width=\"1\" "
    "opacity=\"0.35\"/></pattern>\n"
    "<pattern id=\"sums\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
    "<circle cx=\"3\" cy=\"3\" r=\"1.1\" opacity=\"0.6\"/></pattern>\n"
    "</defs>\n"
    "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n";

template <class... Arguments>
std::string format(const char* pattern, Arguments... arguments) {
    char text[1600];
    std::snprintf(text, sizeof text, pattern, arguments...);
    return text;
}

/// 12345 as 12,345.
std::string grouped(long number) {
    std::string digits = std::to_string(number);
    for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<size_t>(at), ",");
    return digits;
}

std::string text(double x, double y, const std::string& words, const char* more = "") {
    return format("<text x=\"%.1f\" y=\"%.1f\"%s>%s</text>\n", x, y, more, words.c_str());
}

/// A round number of which some five make up `most`.
long tick_distance(long most) {
    for (long unit = 1;; unit *= 10)
        for (const long step : {unit, 2 * unit, 5 * unit})
            if (most / step <= 6) return step;
}

struct Box {
    double x, y, width, height;
};

class Picture {
   public:
    Picture(const MemoryFacts& facts, const std::string& title) : facts_(facts) {
        // Room for the names that do not fit into their blocks.
        for (const MemoryBlock& block : facts.blocks)
            margin_ = std::max(margin_, static_cast<int>(block.name.size()) * letter + 40);
        const int all = left + width + margin_;
        const int bottom = top + height + 100;
        svg_ = format(head, all, bottom, all, bottom, all, bottom);
        svg_ += text(left, 24, title, " font-size=\"14\" font-weight=\"bold\"");
        draw_axes();
        int index = 0;
        for (const MemoryBlock& block : facts.blocks) draw_block(block, colours[index++ % 6]);
        for (const MemoryBlock& block : facts.blocks) draw_name(block);
        draw_callouts();
        draw_peak();
        draw_legend();
        svg_ += "</svg>\n";
    }
    const std::string& svg() const { return svg_; }

   private:
    double x(long time) const {
        return left + double(width) * double(time) / double(facts_.ticks + 1);
    }
    double y(long address) const {
        return top + height - double(height) * double(address) / double(facts_.bytes);
    }
    Box box(const MemoryBlock& block) const {
        const double from = x(block.first), to = x(block.last + 1);
        const double high = y(block.offset + block.bytes());
        return {from, high, to - from, y(block.offset) - high};
    }

    void draw_axes() {
        svg_ += format("<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#000\"/>\n", left, top - 8,
                       top + height, left + width);
        for (long at = 0, step = tick_distance(facts_.bytes); at <= facts_.bytes; at += step)
            svg_ += format("<path d=\"M%d %.1fh-5\" stroke=\"#000\"/>\n", left, y(at)) +
                    text(left - 8, y(at) + 4, grouped(at), " text-anchor=\"end\"");
        for (long at = 0, step = tick_distance(facts_.ticks); at <= facts_.ticks; at += step)
            svg_ += format("<path d=\"M%.1f %dv5\" stroke=\"#000\"/>\n", x(at), top + height) +
                    text(x(at), top + height + 18, grouped(at), " text-anchor=\"middle\"");
        svg_ +=
            text(left + width / 2, top + height + 36,
                 "time, in steps: in each, one layer computes one row", " text-anchor=\"middle\"");
        svg_ += format(
            "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">address, in "
            "bytes</text>\n",
            top + height / 2);
        double labelled = 0;
        for (size_t i = 0; i < facts_.segments.size(); ++i) {
            const double at = x(facts_.segments[i]);
            if (i > 0)
                svg_ += format(
                    "<path d=\"M%.1f %dV%d\" stroke=\"#000\" stroke-width=\"0.6\" "
                    "stroke-dasharray=\"1 3\"/>\n",
                    at, top - 8, top + height);
            const std::string name = (labelled == 0 ? "segment " : "") + std::to_string(i);
            if (at < labelled) continue;
            svg_ += text(at + 2, top - 12, name, " fill=\"#444\"");
            labelled = at + 6 + double(name.size()) * letter;
        }
    }

    void draw_block(const MemoryBlock& block, const char* colour) {
        std::string outline;
        if (block.kind == MemoryBlock::map) {
            // Up along the births of the rows, down along their deaths.
            const size_t rows = block.births.size();
            outline = format("M%.1f %.1f", x(block.births[0]), y(block.offset));
            for (size_t row = 0; row < rows; ++row)
                outline += format("H%.1fV%.1f", x(block.births[row]),
                                  y(block.offset + long(row + 1) * block.row_bytes));
            for (size_t row = rows; row-- > 0;)
                outline += format("H%.1fV%.1f", x(block.deaths[row] + 1),
                                  y(block.offset + long(row) * block.row_bytes));
        } else {
            const Box at = box(block);
            outline =
                format("M%.1f %.1fh%.1fv%.1fh%.1f", at.x, at.y, at.width, at.height, -at.width);
        }
        svg_ += "<path d=\"" + outline + "Z\" fill=\"" + colour +
                "\" stroke=\"#000\" stroke-width=\"0.8\"/>\n";
        if (block.kind == MemoryBlock::map) return;
        const char* const hatch = block.kind == MemoryBlock::ring    ? "ring"
                                  : block.kind == MemoryBlock::turns ? "turns"
                                                                     : "sums";
        svg_ += "<path d=\"" + outline + "Z\" fill=\"url(#" + hatch + ")\"/>\n";
    }

    /// Where the block is alive at all heights from `low` to `high`.
    Box alive(const MemoryBlock& block, double low, double high) const {
        Box inside = box(block);
        for (size_t row = 0; row < block.births.size(); ++row) {
            const long begin = block.offset + long(row) * block.row_bytes;
            if (y(begin) <= low || y(begin + block.row_bytes) >= high) continue;
            const double from = std::max(inside.x, x(block.births[row]));
            inside.width = std::min(inside.x + inside.width, x(block.deaths[row] + 1)) - from;
            inside.x = from;
        }
        return inside;
    }
    bool free(const Box& wanted) const {
        return std::none_of(labels_.begin(), labels_.end(), [&](const Box& label) {
            return wanted.x < label.x + label.width && label.x < wanted.x + wanted.width &&
                   wanted.y < label.y + label.height && label.y < wanted.y + wanted.height;
        });
    }

    /// In the block where it fits, else beside the picture.
    void draw_name(const MemoryBlock& block) {
        const Box around = box(block);
        const double wide = double(block.name.size()) * letter + 4;
        for (const double up : {0.5, 0.3, 0.7, 0.15, 0.85}) {
            const double middle = around.y + around.height * up;
            const Box inside = alive(block, middle - line / 2.0, middle + line / 2.0);
            if (around.height < line - 2 || inside.width < wide) continue;
            for (const double along : {0.5, 0.15, 0.85, 0.3, 0.7}) {
                const double from = inside.x + (inside.width - wide) * along;
                const Box label{from, middle - line / 2.0, wide, double(line)};
                if (!free(label)) continue;
                labels_.push_back(label);
                svg_ += text(from + 2, middle + 4, block.name, halo);
                return;
            }
        }
        callouts_.push_back(&block);
    }

    void draw_callouts() {
        std::sort(callouts_.begin(), callouts_.end(),
                  [this](const MemoryBlock* one, const MemoryBlock* other) {
                      const Box a = box(*one), b = box(*other);
                      return a.y + a.height / 2 < b.y + b.height / 2;
                  });
        double next = top + 6;
        const double spare = top + height - 6 - double(line) * double(callouts_.size());
        for (size_t i = 0; i < callouts_.size(); ++i) {
            const Box at = box(*callouts_[i]);
            const double highest = spare + double(line) * double(i);
            const double middle = at.y + at.height / 2;
            const double level = std::max(next, std::min(middle, std::max(next, highest)));
            const Box end = alive(*callouts_[i], middle - 0.5, middle + 0.5);
            const double from = end.x + end.width;
            svg_ += format(
                "<path d=\"M%.1f %.1fL%d %.1fh6\" fill=\"none\" stroke=\"#000\" "
                "stroke-width=\"0.6\"/><circle cx=\"%.1f\" cy=\"%.1f\" r=\"1.6\"/>\n",
                from - 1, middle, left + width + 14, level, from - 1, middle);
            svg_ += text(left + width + 23, level + 4, callouts_[i]->name);
            next = level + line;
        }
    }

    void draw_peak() {
        svg_ += format(
            "<path d=\"M%d %dh%d\" stroke=\"#b00000\" stroke-width=\"1.5\" "
            "stroke-dasharray=\"8 4\"/>\n",
            left, top, width);
        svg_ += text(left + width, top - 28, "peak: " + grouped(facts_.bytes) + " bytes",
                     " text-anchor=\"end\" font-weight=\"bold\" fill=\"#b00000\"");
    }

    void draw_legend() {
        static const struct {
            const char *fill, *words;
        } entries[] = {
            {"#fff", "map: a place for each row; steps at its sides: rows come and go"},
            {"url(#ring)", "ring: rows replace each other"},
            {"url(#turns)", "taken in turns: written and read out within each step"},
            {"url(#sums)", "sums of rows, as they arrive"},
        };
        for (int i = 0; i < 4; ++i) {
            const int x = left + i % 2 * 480, y = top + height + 54 + i / 2 * 20;
            svg_ += format(
                "<rect x=\"%d\" y=\"%d\" width=\"26\" height=\"13\" fill=\"%s\" "
                "stroke=\"#000\" stroke-width=\"0.8\"/>\n",
                x, y, entries[i].fill);
            svg_ += text(x + 34, y + 11, entries[i].words);
        }
    }

    static constexpr const char* halo =
        " stroke=\"#fff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"";

    const MemoryFacts& facts_;
    std::string svg_;
    int margin_ = 0;
    std::vector<Box> labels_;
    std::vector<const MemoryBlock*> callouts_;
};

}  // namespace

std::string draw(const MemoryFacts& facts, const std::string& title) {
    return Picture(facts, title).svg();
}
