// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace cf::sim {

using std::chrono::milliseconds;

// The world's time and what is to happen in it. Time moves only from one entry to the next; entries
// of one moment come in the order in which they were made.
class Agenda
{
public:
    using Id = quint64;

    Id after(milliseconds delay, std::function<void()> what);
    void cancel(Id id);
    // The next entry. False: there is none, or it lies after `until`; time is then `until`.
    bool step(Monotonic until);

    [[nodiscard]] Monotonic now() const { return m_now; }
    [[nodiscard]] qint64 steps() const { return m_steps; }

private:
    using Key = std::pair<Monotonic, Id>;

    std::map<Key, std::function<void()>> m_entries;
    std::map<Id, Monotonic> m_times;
    Monotonic m_now{milliseconds(1'000'000)};
    Id m_last = 0;
    qint64 m_steps = 0;
};

// Entries that vanish with their owner: a process that is killed does nothing more.
class Turns
{
public:
    explicit Turns(Agenda &agenda) : m_agenda(agenda) { }
    ~Turns() { forget(); }
    Turns(const Turns &) = delete;
    Turns &operator=(const Turns &) = delete;

    Agenda::Id after(milliseconds delay, std::function<void()> what)
    {
        auto id = std::make_shared<Agenda::Id>(0);
        *id = m_agenda.after(delay, [this, id, what = std::move(what)] {
            m_mine.erase(*id);
            what();
        });
        m_mine.insert(*id);
        return *id;
    }
    void cancel(Agenda::Id id)
    {
        m_mine.erase(id);
        m_agenda.cancel(id);
    }
    // Nothing of what was entered happens any more.
    void forget()
    {
        for (const Agenda::Id id : std::exchange(m_mine, {}))
            m_agenda.cancel(id);
    }

private:
    Agenda &m_agenda;
    std::set<Agenda::Id> m_mine;
};

// A machine's clocks: the wall's may be wrong and jump, the monotonic one is the world's.
class MachineClock final : public Clock
{
public:
    explicit MachineClock(const Agenda &agenda) : m_agenda(agenda) { }

    [[nodiscard]] Timestamp now() const override
    {
        return Timestamp(milliseconds(1'795'000'000'000)) + m_agenda.now().time_since_epoch()
               + m_offset;
    }
    [[nodiscard]] Monotonic monotonic() const override { return m_agenda.now(); }
    void jump(milliseconds by) { m_offset += by; }
    [[nodiscard]] milliseconds offset() const { return m_offset; }

private:
    const Agenda &m_agenda;
    milliseconds m_offset{};
};

} // namespace cf::sim
