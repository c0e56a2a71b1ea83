#include "plan/random_check.hpp"

TEST_CASE("two maps whose rows come at different paces can be added under every plan") {
    random_check::check<23>();
}
