// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/health/health_source.h"

#include <atomic>
#include <mutex>

namespace cf::test {

// A machine as the test says it is; no keyframes.
class FakeHealth final : public hub::HealthSource
{
public:
    [[nodiscard]] hub::HealthFacts facts() const override { return now; }
    [[nodiscard]] std::vector<hub::LoggedLine> lines() const override { return logged; }
    [[nodiscard]] std::map<QByteArray, qint64> lineCounts() const override
    {
        return {{"info", static_cast<qint64>(logged.size())}};
    }
    void proveAgain() override { ++asked; }
    [[nodiscard]] hub::Keyframes &keyframes() override { return m_none; }

    hub::HealthFacts now;
    std::vector<hub::LoggedLine> logged;
    std::atomic<int> asked = 0;

private:
    class NoKeyframes final : public hub::Keyframes
    {
    public:
        Result<std::optional<hub::Keyframe>> before(qint64) override
        {
            return std::optional<hub::Keyframe>();
        }
    };
    NoKeyframes m_none;
};

} // namespace cf::test
