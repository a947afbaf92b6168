// SPDX-License-Identifier: Apache-2.0
#include "shared/protocol/message_names.h"

#include "shared/base/name_table.h"

namespace cf {

namespace {

using Name = QLatin1StringView;

constexpr NameTable<StreamMode, 2> modes{{Name("resume"), Name("snapshot")}};
constexpr NameTable<SnapshotReason, 7> reasons{{Name(""), Name("first"), Name("epoch_changed"),
                                                Name("pos_ahead"), Name("chain_mismatch"),
                                                Name("compacted"), Name("gap_too_large")}};
constexpr NameTable<CommandStatus, 4> commandStatuses{
    {Name("applied"), Name("duplicate"), Name("noop"), Name("rejected")}};
constexpr NameTable<CloseCode, 5> closeCodes{
    {Name("slow"), Name("superseded"), Name("shutdown"), Name("epoch"), Name("unauthorised")}};

} // namespace

QLatin1StringView streamModeName(StreamMode mode)
{
    return modes.nameOf(mode);
}

std::optional<StreamMode> streamModeFromName(QStringView name)
{
    return modes.valueOf(name);
}

QLatin1StringView snapshotReasonName(SnapshotReason reason)
{
    return reasons.nameOf(reason);
}

std::optional<SnapshotReason> snapshotReasonFromName(QStringView name)
{
    return reasons.valueOf(name);
}

QLatin1StringView commandStatusName(CommandStatus status)
{
    return commandStatuses.nameOf(status);
}

std::optional<CommandStatus> commandStatusFromName(QStringView name)
{
    return commandStatuses.valueOf(name);
}

QLatin1StringView closeCodeName(CloseCode code)
{
    return closeCodes.nameOf(code);
}

std::optional<CloseCode> closeCodeFromName(QStringView name)
{
    return closeCodes.valueOf(name);
}

} // namespace cf
