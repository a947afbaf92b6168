// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Not begun, on the fire, or done.
Chip {
    id: chip

    required property bool isNew
    property bool isReady: false
    required property string statusText

    label: (isReady ? "✔ " : isNew ? "○ " : "◐ ") + statusText
    ink: Theme.onStrong
    color: Theme.badge
}
