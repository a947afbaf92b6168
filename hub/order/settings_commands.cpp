// SPDX-License-Identifier: Apache-2.0
#include "hub/order/answers.h"
#include "hub/order/batch.h"
#include "shared/protocol/canonical_json.h"

namespace cf::hub {

// At most one of a batch is applied: whoever comes second has not seen the first.
Answer OrderService::changeSettings(Batch &batch, const ChangeSettings &request, const Actor &actor)
{
    const SettingsRecord &now = batch.settingsOver(m_settings);
    QByteArray body = canonicalJson(settingsToJson(request.settings));
    Answer answer;
    if (body == now.body) { // sent again, or the same by chance: nothing to do
        answer.outcome = Outcome::Replayed;
        answer.body = settingsBody(now);
        return answer;
    }
    if (request.basedOn != now.rev) {
        return refusal(
            {ErrorCode::SettingsChanged, QStringLiteral("the settings are at revision %1, not %2")
                                             .arg(now.rev)
                                             .arg(request.basedOn)});
    }
    answer.outcome = Outcome::Applied;
    answer.body = settingsBody(batch.stageSettings(now.rev + 1, std::move(body), actor));
    return answer;
}

} // namespace cf::hub
