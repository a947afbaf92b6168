// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/look_model.h"

namespace cf::kds {

void LookModel::setLook(const DisplayLook &look)
{
    if (look == m_look)
        return;
    m_look = look;
    Q_EMIT changed();
}

} // namespace cf::kds
