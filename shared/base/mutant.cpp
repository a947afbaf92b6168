// SPDX-License-Identifier: Apache-2.0
#include "shared/base/mutant.h"

#include <array>

namespace cf {

namespace {

constexpr std::array<const char *, static_cast<size_t>(Mutant::Count)> names = {
    "",
    "head_not_reloaded",
    "sync_normal",
    "command_not_recorded",
    "device_not_recorded",
    "witness_ignored",
    "closed_order_kept",
    "open_order_not_written",
    "settings_not_written",
    "failed_commit_trusted",
    "told_before_commit",
    "seq_before_duplicate",
    "no_duplicate_in_batch",
    "source_key_forgotten",
    "epoch_not_renewed",
    "move_unguarded",
    "hash_ignored",
    "epoch_ignored",
    "epoch_of_nothing",
    "resume_of_nothing",
    "cursor_needs_row",
    "replay_to_head",
    "tail_off_by_one",
    "tail_reordered",
    "snapshot_stale",
    "piece_stale",
    "digest_stale",
    "detach_newest",
    "heartbeat_never",
    "result_dropped",
    "settings_not_told",
    "tracker_leak",
    "tracker_skips",
    "cursor_before_events",
    "ack_before_write",
    "snapshot_merged",
    "outbox_truncated",
    "outbox_in_memory",
    "outbox_not_resent",
    "outbox_renumbered",
    "nothing_offered_again",
    "settings_by_name_only",
    "pending_for_ever",
};

} // namespace

QLatin1StringView mutantName(Mutant mutant)
{
    const auto index = static_cast<size_t>(mutant);
    return QLatin1StringView(index < names.size() ? names.at(index) : "");
}

std::optional<Mutant> mutantFromName(QLatin1StringView name)
{
    for (size_t i = 1; i < names.size(); ++i) {
        if (name == QLatin1StringView(names.at(i)))
            return static_cast<Mutant>(i);
    }
    return std::nullopt;
}

#ifdef CF_MUTANTS
namespace {
Mutant planted = Mutant::None;
} // namespace

void plant(Mutant mutant)
{
    planted = mutant;
}

bool isPlanted(Mutant mutant)
{
    return planted == mutant;
}
#endif

} // namespace cf
