// SPDX-License-Identifier: Apache-2.0
#include "hub/net/metrics.h"

#include <algorithm>
#include <cmath>

namespace cf::hub {

namespace {

constexpr const char *prefix = "counterfire_";

QByteArray numberText(double value)
{
    return QByteArray::number(value, 'g', 15);
}

QByteArray labelText(const MetricsText::Labels &labels)
{
    QByteArray text = "{";
    for (const auto &[label, value] : labels) {
        QByteArray escaped = value;
        escaped.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        if (text.size() > 1)
            text += ',';
        text += label + "=\"" + escaped + '"';
    }
    return text + '}';
}

QByteArray labelText(const char *label, const QByteArray &value)
{
    return labelText({{label, value}});
}

} // namespace

void Histogram::add(double seconds)
{
    for (size_t i = 0; i < bounds.size(); ++i) {
        if (seconds <= bounds.at(i))
            ++m_counts.at(i);
    }
    ++m_count;
    m_sum += seconds;
}

void MetricsText::head(const char *name, const char *help, const char *type)
{
    m_text.append("# HELP ").append(prefix).append(name).append(' ').append(help).append('\n');
    m_text.append("# TYPE ").append(prefix).append(name).append(' ').append(type).append('\n');
}

void MetricsText::sample(const QByteArray &name, const QByteArray &labels, double value)
{
    m_text.append(prefix).append(name).append(labels).append(' ');
    m_text.append(numberText(value)).append('\n');
}

void MetricsText::labelled(const char *name, const char *label, const Labelled &samples)
{
    for (const auto &[value, number] : samples)
        sample(name, labelText(label, value), number);
}

void MetricsText::gauge(const char *name, const char *help, double value)
{
    head(name, help, "gauge");
    sample(name, {}, value);
}

void MetricsText::counter(const char *name, const char *help, qint64 value)
{
    head(name, help, "counter");
    sample(name, {}, static_cast<double>(value));
}

void MetricsText::counters(const char *name, const char *help, const char *label,
                           const Labelled &samples)
{
    head(name, help, "counter");
    labelled(name, label, samples);
}

void MetricsText::gauges(const char *name, const char *help, const char *label,
                         const Labelled &samples)
{
    head(name, help, "gauge");
    labelled(name, label, samples);
}

void MetricsText::histogram(const char *name, const char *help, const Histogram &histogram)
{
    head(name, help, "histogram");
    const QByteArray bucket = QByteArray(name) + "_bucket";
    for (size_t i = 0; i < Histogram::bounds.size(); ++i)
        sample(bucket, labelText("le", numberText(Histogram::bounds.at(i))),
               static_cast<double>(histogram.upTo(i)));
    sample(bucket, labelText("le", "+Inf"), static_cast<double>(histogram.count()));
    sample(QByteArray(name) + "_sum", {}, histogram.sum());
    sample(QByteArray(name) + "_count", {}, static_cast<double>(histogram.count()));
}

void MetricsText::gauges(const char *name, const char *help, const std::vector<Sample> &samples)
{
    if (samples.empty())
        return;
    head(name, help, "gauge");
    for (const auto &[labels, value] : samples)
        sample(name, labelText(labels), value);
}

void MetricsText::total(const char *name, const char *help, double value)
{
    head(name, help, "counter");
    sample(name, {}, value);
}

void MetricsText::summary(const char *name, const char *help, const Labelled &quantiles, double sum,
                          qint64 count)
{
    head(name, help, "summary");
    labelled(name, "quantile", quantiles);
    sample(QByteArray(name) + "_sum", {}, sum);
    sample(QByteArray(name) + "_count", {}, static_cast<double>(count));
}

double quantile(std::vector<double> sample, double fraction)
{
    if (sample.empty())
        return 0;
    const auto last = static_cast<double>(sample.size() - 1);
    const auto at = static_cast<std::ptrdiff_t>(std::lround(last * fraction));
    std::nth_element(sample.begin(), sample.begin() + at, sample.end());
    return sample.at(static_cast<size_t>(at));
}

} // namespace cf::hub
