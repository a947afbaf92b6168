// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Not begun, or on the fire.
Chip {
    id: chip

    required property bool isNew
    required property string statusText

    label: (isNew ? "○ " : "◐ ") + statusText
    ink: "#ffffff"
    color: Theme.onBright
}
