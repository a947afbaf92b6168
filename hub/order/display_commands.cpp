// SPDX-License-Identifier: Apache-2.0
#include "hub/order/answers.h"
#include "hub/order/batch.h"
#include "hub/order/bounded_decide.h"
#include "shared/base/limits.h"
#include "shared/base/mutant.h"
#include "shared/protocol/json_codec.h"

namespace cf::hub {

namespace {

CommandResult rejected(qint64 n, const Error &error, const OrderState *order = nullptr)
{
    CommandResult result;
    result.n = n;
    result.status = CommandStatus::Rejected;
    result.code = errorCodeName(error.code);
    result.detail = error.detail;
    if (order)
        result.current = currentOf(*order);
    return result;
}

// Refused without a record: deciding it again later must not be barred by it.
Answer refusedUnrecorded(qint64 n, const Error &error)
{
    Answer answer = refusal(error);
    answer.result = rejected(n, error);
    return answer;
}

// The first result again; nullopt when the stored one cannot be read.
std::optional<CommandResult> firstResult(const DeviceCommandRecord &record)
{
    const Result<FromHub> stored = decodeFromHub(record.answer);
    if (!stored)
        return std::nullopt;
    const auto *first = std::get_if<CommandResult>(&*stored);
    if (!first)
        return std::nullopt;
    CommandResult again = *first;
    again.status = CommandStatus::Duplicate;
    return again;
}

Answer repeated(const DeviceCommandRecord &record, const QByteArray &fingerprint)
{
    if (record.fingerprint != fingerprint) {
        return refusedUnrecorded(
            record.n,
            {ErrorCode::IdempotencyMismatch,
             QStringLiteral("this device has sent another command as number %1").arg(record.n)});
    }
    const std::optional<CommandResult> first = firstResult(record);
    if (!first)
        return storageRefusal();
    Answer answer;
    answer.outcome = Outcome::Replayed;
    answer.current = first->current;
    answer.result = first;
    return answer;
}

// A command that does not follow the last one that the log has of its device. One that misses
// earlier ones is not even answered: the device shall send it again, after them.
std::optional<Answer> refuseGap(const DisplayCommand &request, qint64 last)
{
    const qint64 n = request.command.n;
    if (n < last) {
        return refusedUnrecorded(
            n, {ErrorCode::OutOfOrder,
                QStringLiteral("command %1 of this device was handled before").arg(last)});
    }
    if (request.after <= last)
        return std::nullopt;
    return refusal({ErrorCode::CommandsMissing,
                    QStringLiteral("the last command of this device that the log has is %1: offer "
                                   "again what it had answered after that")
                        .arg(last)});
}

Result<Command> parse(const DeviceCommand &wire)
{
    Command command;
    command.orderId = wire.orderId;
    command.type = eventTypeFromName(wire.type);
    command.expectedSeq = wire.expectedSeq;
    if (command.type == EventType::Unknown) {
        return Error{ErrorCode::ValidationFailed, QStringLiteral("there is no command \"%1\"")
                                                      .arg(wire.type.left(limits::nameLengthMax))};
    }
    if (command.type == EventType::OrderPlaced)
        return command; // for the state machine to refuse
    Result<QJsonObject> payload = validatePayload(command.type, wire.payload);
    if (!payload)
        return payload.error();
    command.payload = std::move(*payload);
    return command;
}

} // namespace

Answer OrderService::display(Batch &batch, const DisplayCommand &request, const Actor &actor)
{
    const DeviceCommand &command = request.command;
    if (request.device.isEmpty() || command.n < 1) {
        return refusedUnrecorded(command.n, {ErrorCode::ValidationFailed,
                                             QStringLiteral("a command needs a device and a number "
                                                            "from 1")});
    }
    const QByteArray fingerprint = commandFingerprint(command);
    if (isPlanted(Mutant::SeqBeforeDuplicate) && command.expectedSeq) {
        const Result<const OrderState *> order = batch.order(command.orderId);
        if (order && *order && (*order)->seq != *command.expectedSeq) {
            Answer early = refusal({ErrorCode::SeqMismatch, QStringLiteral("seq")}, *order);
            early.result = rejected(command.n, early.error, *order);
            return early;
        }
    }
    const auto known = batch.deviceCommand(request.device, command.n);
    if (!known)
        return storageRefusal();
    if (*known)
        return repeated(**known, fingerprint);
    const Result<qint64> last = batch.lastDeviceCommand(request.device);
    if (!last)
        return storageRefusal();
    if (std::optional<Answer> gap = refuseGap(request, *last))
        return std::move(*gap);
    Answer answer;
    answer.outcome = Outcome::Applied;
    const CommandResult result = decideDisplay(batch, command, actor, answer);
    if (answer.error.code == ErrorCode::StorageFailed)
        return answer;
    batch.record(DeviceCommandRecord{request.device, command.n, fingerprint, encode(result)});
    answer.current = result.current;
    answer.result = result;
    return answer;
}

// A refusal also fills `answer`; StorageFailed there means that nothing was decided.
CommandResult OrderService::decideDisplay(Batch &batch, const DeviceCommand &command,
                                          const Actor &actor, Answer &answer)
{
    const auto reject = [&](const Error &error, const OrderState *order) {
        answer = refusal(error, order);
        return rejected(command.n, error, order);
    };
    const Result<Command> parsed = parse(command);
    if (!parsed)
        return reject(parsed.error(), nullptr);
    const Result<const OrderState *> found = batch.order(command.orderId);
    if (!found) {
        answer = storageRefusal();
        return {};
    }
    const OrderState *order = *found;
    if (!order)
        return reject(unknownOrder(command.orderId), nullptr);
    const Result<EventDrafts> drafts = decideBounded(*order, *parsed);
    if (!drafts)
        return reject(drafts.error(), order);
    CommandResult result;
    result.n = command.n;
    if (drafts->empty()) {
        result.status = CommandStatus::Noop;
        result.current = currentOf(*order);
        return result;
    }
    const Batch::Staged staged = batch.stage(*order, *drafts, actor);
    result.status = CommandStatus::Applied;
    result.pos = staged.order.pos;
    result.seq = staged.order.seq;
    result.current = currentOf(staged.order);
    return result;
}

} // namespace cf::hub
