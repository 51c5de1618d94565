#include <coodie/version.hpp>
#include <cstdio>
#include <string>

int main()
{
    const std::string version{coodie::version()};
    std::printf("coodie %s\n", version.c_str());
    return 0;
}
