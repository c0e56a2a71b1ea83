#include "plan/random_check.hpp"

TEST_CASE("a view between two maps may have more rows than what it views, or fewer") {
    random_check::check<32>();
    random_check::check<80>();
    random_check::check<566>();
    random_check::check<610>();
    random_check::check<837>();
}
