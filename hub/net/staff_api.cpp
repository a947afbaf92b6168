// SPDX-License-Identifier: Apache-2.0
// The staff list: changed here alone, because a PIN is hashed before it is anywhere.
#include "hub/net/event_request.h"
#include "hub/net/pin_hash.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/settings/documents.h"
#include "shared/order/fields.h"
#include "shared/protocol/canonical_json.h"

#include <limits>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

const QByteArray staffName = QByteArrayLiteral("staff");

struct StaffChange {
    std::vector<StaffEdit> edits;
    qint64 basedOn = 0;
};

Error below(const QString &pointer, Error error)
{
    for (FieldError &field : error.fields)
        field.pointer.prepend(pointer);
    return error;
}

// {rev, settings: {people: [{id, name, role, pin, end_sessions}, …]}}
Result<StaffChange> parseStaffChange(const HttpRequest &request)
{
    const Result<QJsonObject> body = bodyObject(request);
    if (!body)
        return body.error();
    std::vector<FieldError> errors;
    const Fields fields(*body, QString(), errors);
    const QJsonObject settings = fields.object(L1("settings"));
    for (const L1 key : {L1("settings"), L1("rev")}) {
        if (!fields.has(key))
            fields.fail(key, QStringLiteral("is required"));
    }
    const auto rev = fields.integer(L1("rev"), 0, std::numeric_limits<qint32>::max());
    auto edits = staffEditsFromJson(settings);
    if (!edits) {
        for (const FieldError &error : below(QStringLiteral("/settings"), edits.error()).fields)
            errors.push_back(error);
    }
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return StaffChange{std::move(*edits), *rev};
}

// On a reader thread: a PIN takes a tenth of a second.
Result<Staff> edited(const Staff &staff, const StaffChange &change, Timestamp now)
{
    SystemRandom random;
    bool isOutOfMemory = false;
    const auto hash = [&isOutOfMemory](QByteArrayView pin, QByteArrayView salt) {
        QByteArray made = hashPin(pin, salt);
        isOutOfMemory = isOutOfMemory || made.isEmpty();
        return made;
    };
    Result<Staff> after = editStaff(staff, change.edits, {hash, random, now});
    if (isOutOfMemory)
        return Error{ErrorCode::Unavailable, QStringLiteral("there is no memory to hash a PIN")};
    if (!after)
        return below(QStringLiteral("/settings"), after.error());
    return after;
}

void submitStaff(Services &services, const ExchangePtr &exchange, const Staff &staff,
                 qint64 basedOn)
{
    ChangeSettings change{staffName, canonicalJson(staffToJson(staff)), basedOn};
    Request request{std::move(change), actorOf(exchange->caller, exchange->request)};
    const bool queued =
        services.backend.submit(std::move(request), [exchange](const Answer &answer) {
            exchange->reply(answer.outcome == Outcome::Refused
                                ? problemResponse(answer.error)
                                : jsonResponse(shownBody(*documentKind(staffName), answer.body)));
        });
    if (!queued)
        exchange->reply(problemResponse(ErrorCode::Unavailable, {}));
}

} // namespace

void putStaff(Services &services, const ExchangePtr &exchange)
{
    const Result<StaffChange> change = parseStaffChange(exchange->request);
    if (!change) {
        exchange->reply(problemResponse(change.error()));
        return;
    }
    const auto after = std::make_shared<Result<Staff>>(Error{});
    const bool queued = services.backend.read(
        [after, change = *change, staff = services.staffDoor.staff(services.backend.hub()),
         now = services.backend.clock().now()](EventReader &) {
            *after = edited(staff, change, now);
        },
        [&services, exchange, after, basedOn = change->basedOn] {
            if (*after)
                submitStaff(services, exchange, **after, basedOn);
            else
                exchange->reply(problemResponse(after->error()));
        });
    if (!queued)
        exchange->reply(problemResponse(ErrorCode::Unavailable, {}));
}

} // namespace cf::hub
