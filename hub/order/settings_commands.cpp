// SPDX-License-Identifier: Apache-2.0
#include "hub/order/answers.h"
#include "hub/order/batch.h"
#include "shared/protocol/canonical_json.h"

namespace cf::hub {

ChangeSettings changeKitchen(const KitchenSettings &settings, qint64 basedOn)
{
    return {SettingsRecord().name, canonicalJson(settingsToJson(settings)), basedOn};
}

// At most one of a batch is applied to a document: whoever comes second has not seen the first.
Answer OrderService::changeSettings(Batch &batch, const ChangeSettings &request, const Actor &actor)
{
    SettingsRecord record = batch.settings(request.name, m_settings);
    Answer answer;
    if (request.body == record.body) { // sent again, or the same by chance: nothing to do
        answer.outcome = Outcome::Replayed;
        answer.body = settingsBody(record);
        return answer;
    }
    if (request.basedOn != record.rev) {
        return refusal(
            {ErrorCode::SettingsChanged, QStringLiteral("the settings are at revision %1, not %2")
                                             .arg(record.rev)
                                             .arg(request.basedOn)});
    }
    ++record.rev;
    record.body = request.body;
    record.actor = actor;
    answer.outcome = Outcome::Applied;
    answer.body = settingsBody(batch.stageSettings(std::move(record)));
    return answer;
}

} // namespace cf::hub
