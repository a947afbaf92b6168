// SPDX-License-Identifier: Apache-2.0
import QtQml

// An action of the bump bar and what people call it.
QtObject {
    required property int action
    required property string name
}
