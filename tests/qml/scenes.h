// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/qml/mock_kitchen.h"

#include <QImage>
#include <QQuickWindow>

#include <functional>

namespace cf::kds {

// One picture of the display: a made-up kitchen, a screen, and what was done there.
struct Scene {
    QString name;
    QSize size;
    std::function<void(MockKitchen &)> set;
    std::function<void(QQuickWindow &, MockKitchen &)> then = {};
};

// Each role, size and state that a cook may see.
std::vector<Scene> scenes();

// Null: the page could not be loaded.
QImage render(const Scene &scene);

} // namespace cf::kds
