// Which CPU's kernel a layer gets, by the overload resolution that calls it.
#pragma once

#include "../arch.hpp"
#include "../detail/meta.hpp"

namespace mote {
namespace kernel {
inline namespace MOTE_TARGET {

/// Becomes `Tag`, but none of its bases: only an overload for that very CPU takes it.
template <class Tag>
struct exactly {
    template <class Other, class = detail::enable_if_t<detail::is_same<Other, Tag>::value>>
    constexpr operator Other() const;
};

template <class Type>
struct made {
    using type = void;
};

/// The best CPU with an overload of its own for the call that picks the kernel of `On`.
template <class On, class Tag, class = void>
struct serving : serving<On, typename Tag::Base> {};
template <class On, class Tag>
struct serving<On, Tag, typename made<decltype(On::pick(exactly<Tag>{}))>::type> {
    using type = Tag;
};

/// The same for the kernel that adds up rows as they arrive.
template <class On, class Tag, class = void>
struct accumulating : accumulating<On, typename Tag::Base> {};
template <class On, class Tag>
struct accumulating<On, Tag, typename made<decltype(On::pick_accumulator(exactly<Tag>{}))>::type> {
    using type = Tag;
};

/// Its name; nothing computes a view.
template <class On, bool Accumulated>
constexpr const char* serving_name(detail::constant<0>) {
    using Arch = typename On::Arch;
    return detail::conditional_t<Accumulated, accumulating<On, Arch>,
                                 serving<On, Arch>>::type::name();
}
template <class On, bool Accumulated>
constexpr const char* serving_name(detail::constant<1>) {
    return "none";
}

}  // namespace MOTE_TARGET
}  // namespace kernel
}  // namespace mote
