// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <algorithm>
#include <array>
#include <optional>

namespace cf {

// The wire names of an enumeration whose values count from 0: one table, read in both directions.
template<typename Enum, size_t N>
struct NameTable {
    std::array<QLatin1StringView, N> names;

    [[nodiscard]] QLatin1StringView nameOf(Enum value) const
    {
        return names.at(static_cast<size_t>(value));
    }

    [[nodiscard]] std::optional<Enum> valueOf(QStringView name) const
    {
        const auto it = std::find(names.begin(), names.end(), name);
        if (it == names.end())
            return std::nullopt;
        return static_cast<Enum>(it - names.begin());
    }
};

} // namespace cf
