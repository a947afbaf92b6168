// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <array>
#include <utility>
#include <vector>

namespace cf::hub {

// Counts durations, in seconds, into fixed buckets.
class Histogram
{
public:
    static constexpr std::array<double, 11> bounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                      0.1,   0.25,   1,     5,    10};
    void add(double seconds);
    [[nodiscard]] qint64 upTo(size_t bound) const { return m_counts.at(bound); } // cumulative
    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] double sum() const { return m_sum; }

private:
    std::array<qint64, bounds.size()> m_counts{};
    qint64 m_count = 0;
    double m_sum = 0;
};

// Writes the Prometheus text exposition format, version 0.0.4. Names are given without the prefix
// "counterfire_"; counters end in _total, durations are in seconds.
class MetricsText
{
public:
    using Labelled = std::vector<std::pair<QByteArray, double>>;   // label value, sample
    using Labels = std::vector<std::pair<QByteArray, QByteArray>>; // name, value
    using Sample = std::pair<Labels, double>;

    void gauge(const char *name, const char *help, double value);
    void counter(const char *name, const char *help, qint64 value);
    void counters(const char *name, const char *help, const char *label, const Labelled &samples);
    void gauges(const char *name, const char *help, const char *label, const Labelled &samples);
    // One without a sample is not announced.
    void gauges(const char *name, const char *help, const std::vector<Sample> &samples);
    // A counter that is not whole.
    void total(const char *name, const char *help, double value);
    void summary(const char *name, const char *help, const Labelled &quantiles, double sum,
                 qint64 count);
    void histogram(const char *name, const char *help, const Histogram &histogram);
    [[nodiscard]] const QByteArray &text() const { return m_text; }

private:
    void head(const char *name, const char *help, const char *type);
    void sample(const QByteArray &name, const QByteArray &labels, double value);
    void labelled(const char *name, const char *label, const Labelled &samples);

    QByteArray m_text;
};

// The value at this fraction of a sample; 0 when it is empty.
double quantile(std::vector<double> sample, double fraction);

} // namespace cf::hub
