// What the thread sanitizer cannot see: libstdc++.so counts the shares of an exception_ptr with atomics, but is not
// built with the sanitizer, so that the last share's end looks like a race with every use before it.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions()
{
    return "race:std::__exception_ptr::exception_ptr::_M_release\n"
           "race:coodie::Error::~Error\n";
}
