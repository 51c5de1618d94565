#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// A page in Prometheus' text format 0.0.4, read by the rules of its specification. What breaks one throws
/// std::runtime_error that says which.
class Exposition
{
public:
    using Labels = std::map<std::string, std::string>;
    struct Sample
    {
        std::string name;
        Labels labels;
        double value;
    };
    struct Family
    {
        std::string name;
        std::string type = "untyped";
        std::string help = {};
        std::vector<Sample> samples = {};
    };

    explicit Exposition(std::string_view text);

    const std::vector<Family>& families() const { return families_; }
    const Family& family(const std::string& name) const;
    /// The only sample of that name with these labels among its own.
    double value(const std::string& name, const Labels& labels = {}) const;

private:
    void read_comment(std::string_view line);
    void read_sample(std::string_view line);
    Family& begin_family(const std::string& name);
    void check_histogram(const Family& family) const;

    std::vector<Family> families_;
};
