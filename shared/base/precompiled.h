// SPDX-License-Identifier: Apache-2.0
#pragma once

// What most of our headers include and what changes only with the system. Every source still names
// what it needs: clang-tidy, the fuzz targets and the coverage of shared/ are built without this.
#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QUuid>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <variant>
#include <vector>
