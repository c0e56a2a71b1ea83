// All that is wrong with a file, and how the compiler says it.
#pragma once

#include <stddef.h>

#include "refused.hpp"
#include "source.hpp"

namespace mote {
namespace tflite {

/// What is wrong with operator `Index`; with those that are left out, nothing.
template <class Source, int Index,
          bool Needed = Source::template Operation<Index>::is_needed ||
                        Source::template Operation<Index>::names_variables>
struct Verified {
    static constexpr Status inspect() {
        Model copy = Source::model;
        return verify::operation(copy, Index, Source::borders, Source::variables);
    }
    static constexpr Status status = inspect();
};
template <class Source, int Index>
struct Verified<Source, Index, false> {
    static constexpr Status status = verify::status_of(Fault::none, 0);
};

/// All that is wrong, each fault once; `times` says with how many operators.
template <int Most>
struct Findings {
    Status faults[static_cast<size_t>(Most)];
    int times[static_cast<size_t>(Most)];
    int count;
    int64_t macs;
    int64_t bytes;

    constexpr void add(const Status& status) {
        macs += status.macs;
        bytes += status.bytes;
        if (status.ok()) return;
        int same = 0;
        while (same < count && !faults[same].like(status)) ++same;
        if (same == count) faults[count++] = status;
        ++times[same];
    }
};

template <class Source, class Indices>
struct Inspected;
template <class Source, int... Indices>
struct Inspected<Source, detail::sequence<Indices...>> {
    using All = Findings<static_cast<int>(sizeof...(Indices)) + verify::rules + 3>;

    static constexpr All inspect() {
        All all{};
        all.add(Source::file);
        if (Source::file.ok()) {
            Model copy = Source::model;
            for (int rule = 0; rule < verify::rules; ++rule)
                all.add(
                    verify::rule(copy, rule, Source::needed, Source::borders, Source::variables));
            // An array, since clang nests a fold only so deep.
            const Status each[] = {verify::status_of(Fault::none, 0),
                                   Verified<Source, Indices>::status...};
            if (Source::needed.damaged)
                all.add(verify::status_of(Fault::truncated, static_cast<long>(Source::size)));
            else
                for (const Status& status : each) all.add(status);
            all.add(verify::costs(all.macs, all.bytes));
        }
        return all;
    }
    static constexpr All findings = inspect();
};

/// What was found, as a type that says what it is.
template <class Source, class All, int Number>
struct Found {
   private:
    static constexpr Status status = All::findings.faults[Number];
    template <class Letters, class Unused = void>
    struct Name;
    template <int... Letters, class Unused>
    struct Name<detail::sequence<Letters...>, Unused> {
        using type = custom<static_cast<char>(Source::data()[status.custom_name.at + Letters])...>;
    };
    static constexpr int letters =
        static_cast<int>(status.custom_name.length < 64 ? status.custom_name.length : 64);
    using Value = detail::conditional_t<
        status.found_type(),
        tflite::type<status.found_type() ? static_cast<Type>(status.found) : Type{}>,
        number<status.found>>;

   public:
    using type =
        typename detail::conditional_t<(letters > 0), Name<detail::make_sequence_t<letters>>,
                                       detail::identity<Value>>::type;
};

/// The sentence of finding `Number`.
template <class Source, class All, int Number,
          bool OfOperator = (All::findings.faults[Number].operation >= 0)>
struct Said
    : refused_file<All::findings.faults[Number].fault, typename Found<Source, All, Number>::type> {
};
template <class Source, class All, int Number>
struct Said<Source, All, Number, true>
    : refused<All::findings.faults[Number].fault, All::findings.faults[Number].operation,
              All::findings.faults[Number].code, typename Found<Source, All, Number>::type,
              times<All::findings.times[Number]>> {};

/// Each is said when this type is completed.
template <class Source, class All, class Numbers>
struct AllSaid;
template <class Source, class All, int... Numbers>
struct AllSaid<Source, All, detail::sequence<Numbers...>> : Said<Source, All, Numbers>... {};

}  // namespace tflite
}  // namespace mote
