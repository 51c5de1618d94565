#include "lib/base/thrown.hpp"

#include <coodie/exceptions.hpp>

namespace coodie::detail {

Error thrown_by(std::string_view who)
{
    const auto sentence = std::string{who} + " threw an exception: ";
    try {
        throw;
    } catch (const CoodieError& thrown) {
        return {thrown.error().code(), sentence + thrown.error().message()};
    } catch (const std::exception& thrown) {
        return {errc::configuration, sentence + thrown.what()};
    } catch (...) {
        return {errc::configuration, sentence + "one that is no std::exception"};
    }
}

}
