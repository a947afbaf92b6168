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

void LookModel::setRightToLeft(bool rightToLeft)
{
    if (rightToLeft == m_rightToLeft)
        return;
    m_rightToLeft = rightToLeft;
    Q_EMIT changed();
}

} // namespace cf::kds
