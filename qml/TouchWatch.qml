// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Lies on top of all and sees every touch, which goes on to what is below.
Item {
    id: watch

    signal touched()

    PointHandler {
        onActiveChanged: {
            if (active)
                watch.touched();
        }
    }
}
