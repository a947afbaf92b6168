// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Sign, words, colour and frame: not to be overlooked, not to be told by colour alone.
Rectangle {
    id: tag

    required property string allergens
    property bool toConfirm: false

    implicitWidth: text.implicitWidth
    implicitHeight: text.implicitHeight
    radius: Theme.radiusSmall
    color: Theme.allergenDeep
    border.width: 2
    border.color: Theme.allergen

    AppText {
        id: text

        width: tag.width
        leftPadding: Theme.gapSmall
        rightPadding: Theme.gapSmall
        topPadding: Theme.px(2)
        bottomPadding: Theme.px(2)
        text: tag.toConfirm ? qsTr("⚠ %1: tap to confirm").arg(tag.allergens) : "⚠ " + tag.allergens
        color: Theme.allergenText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.textTiny
        font.bold: true
        font.capitalization: Font.AllUppercase
    }
}
