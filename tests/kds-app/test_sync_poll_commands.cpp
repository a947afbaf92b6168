// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/poll_codec.h"
#include "kds-app/sync/poll_session.h"
#include "shared/protocol/canonical_json.h"
#include "tests/kds-app/session_fixture.h"

#include <QFile>
#include <QJsonArray>

using namespace cf;
using namespace cf::kds;
using namespace cf::kds::test;
using namespace std::chrono_literals;

namespace {

// What becomes of one attempt to have a command done.
enum class Way : quint8 { Stream, Poll };
enum class Fate : quint8 { RequestLost, AnswerLost, Answered };

} // namespace

// A display's commands, by whatever way they go: each has one effect.
class TestSyncPollCommands : public SessionTest
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        begin();
        m_poll = std::make_unique<PollSession>(*m_kitchen, *m_book, QStringLiteral("grill-1"));
    }

    void speaksTheHubsWords()
    {
        QFile file(QStringLiteral(CF_GOLDEN_DISPLAY));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
        const QByteArrayList lines = file.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), 5);
        DeviceCommand command;
        command.n = 1;
        command.orderId = m_id;
        command.type = QStringLiteral("item_ready");
        command.payload = {{QStringLiteral("lines"), QJsonArray{QStringLiteral("1")}}};
        QCOMPARE(encodeEventRequest(command, QStringLiteral("d-1"), QStringLiteral("grill-1"), 0),
                 lines.at(0));
        const CurrentState paid{OrderStatus::Paid, 3};
        CommandResult expected{1, CommandStatus::Applied, 3, 3, {}, {}, paid};
        QCOMPARE(decodeEventResult(1, lines.at(1)), std::optional(expected));
        expected.status = CommandStatus::Duplicate;
        QCOMPARE(decodeEventResult(1, lines.at(2)), std::optional(expected));
        expected = {2, CommandStatus::Noop, 0, 0, {}, {}, paid};
        QCOMPARE(decodeEventResult(2, lines.at(3)), std::optional(expected));
        const std::optional<CommandResult> refused = decodeEventResult(3, lines.at(4));
        QVERIFY(refused && refused->status == CommandStatus::Rejected);
        QCOMPARE(refused->code, QStringLiteral("transition_not_allowed"));
        QCOMPARE(refused->current, std::optional(paid));
        QVERIFY2(!decodeEventResult(2, lines.at(1)), "the answer to another command");
        QVERIFY(!decodeEventResult(1, R"({"res":{"n":1,"status":"eaten"}})"));
        QVERIFY(!decodeEventResult(1, R"({"event":{},"status":"paid","seq":3,"pos":3})"));
        QVERIFY(!decodeEventResult(1, "<html>"));
    }

    void oneEffectWhateverIsLostOnWhicheverWay()
    {
        m_hub.append(m_id, EventType::OrderStarted);
        catchUp();
        const std::array ways{Way::Stream, Way::Poll};
        const std::array fates{Fate::RequestLost, Fate::AnswerLost};
        size_t notes = 0;
        for (int attempts = 0; attempts < 64; ++attempts) {
            const QString note = QStringLiteral("note %1").arg(attempts);
            QVERIFY(m_kitchen->submit(m_id, EventType::OrderNoteAdded,
                                      {{QStringLiteral("note"), note}}, std::nullopt));
            for (int bits = attempts, left = 3; left > 0; --left, bits /= 4)
                attempt(ways.at(size_t(bits % 2)), fates.at(size_t(bits / 2 % 2)));
            attempt(ways.at(size_t(attempts / 8 % 2)), Fate::Answered);
            const qint64 n = m_kitchen->outbox().next() - 1;
            const std::string what = "after attempts " + std::to_string(attempts);
            QVERIFY2(m_hub.decided(n) == 1, what.c_str());
            QVERIFY2(m_hub.board().find(m_id)->notes.size() == ++notes, what.c_str());
            QCOMPARE(m_hub.board().find(m_id)->notes.back().note, note);
            QCOMPARE(m_kitchen->outbox().unanswered(), 0);
            QVERIFY(m_kitchen->outbox().rejections().empty());
            catchUp();
            QVERIFY2(*m_kitchen->tickets().shown(m_id) == *m_hub.board().find(m_id), what.c_str());
        }
    }

    void holdsCommandsUntilTheHubHasSaidWhatItKnows()
    {
        catchUp();
        m_poll->restart();
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderStarted, {}, std::nullopt));
        QVERIFY2(!m_poll->nextCommand(), "nobody has said yet which numbers are taken");
        QVERIFY(
            m_poll->nextRead().path.endsWith(QStringLiteral("&device=") + m_kitchen->deviceId()));
        const QByteArray page = m_hub.pollPage(m_hub.head(), 200);
        QVERIFY(m_poll->onRead(200, withOutboxLast(page, 9), {}).ok);
        QCOMPARE(m_kitchen->outbox().next(), 10);
        QVERIFY(m_poll->nextCommand());
        QVERIFY2(!m_poll->nextRead().path.contains(QStringLiteral("device=")), "asked once");
        // A hub that says nothing of it is an older one, and can be polled.
        m_poll->commandLost();
        m_poll->restart();
        (void)m_poll->nextRead();
        QVERIFY(m_poll->onRead(200, page, {}).ok);
        QVERIFY(m_poll->nextCommand());
    }

    void bringsARestoredHubUpToDate()
    {
        catchUp();
        const qint64 backup = m_hub.head();
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderStarted, {}, std::nullopt));
        attempt(Way::Poll, Fate::Answered);
        m_hub.restore(backup, 0);
        (void)m_poll->nextRead();
        QVERIFY(m_poll->onRead(410, {}, {}).ok);
        catchUp();
        QCOMPARE(m_kitchen->tickets().shown(m_id)->status, OrderStatus::InKitchen);
        attempt(Way::Poll, Fate::Answered);
        QCOMPARE(m_hub.decided(1), 2); // once by each log
        QCOMPARE(m_hub.board().find(m_id)->status, OrderStatus::InKitchen);
        QCOMPARE(m_kitchen->outbox().unanswered(), 0);
    }

    void offersAgainWhatALogOfTheSameEpochHasLost()
    {
        catchUp();
        const qint64 backup = m_hub.head();
        FakeHub older = m_hub;
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderStarted, {}, std::nullopt));
        attempt(Way::Poll, Fate::Answered);
        QCOMPARE(m_hub.head(), backup + 1);
        m_hub = older;
        (void)m_poll->nextRead();
        QVERIFY(m_poll->onRead(410, {}, {}).ok);
        (void)m_poll->nextRead();
        QVERIFY(m_poll->onRead(200, withOutboxLast(m_hub.pollSnapshot(), 0), {}).ok);
        QVERIFY2(m_poll->nextCommand(), "the hub refused our cursor and knows no command 1");
    }

    void offersAgainWhenAHubMissesWhatItHadAnswered()
    {
        catchUp();
        const FakeHub older = m_hub;
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderStarted, {}, std::nullopt));
        attempt(Way::Poll, Fate::Answered);
        catchUp();
        // Replaced between two requests: nothing that was read has told of it.
        m_hub = older;
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderReady, {}, std::nullopt));
        const std::optional<PollRequest> second = m_poll->nextCommand();
        QVERIFY(second);
        QCOMPARE(parseJsonObject(second->body)->value(QStringLiteral("after")).toInt(), 1);
        QVERIFY(m_poll->onCommand(409, R"({"code":"commands_missing","status":409})").ok);
        QCOMPARE(m_kitchen->outbox().unanswered(), 1);
        QVERIFY2(!m_poll->nextCommand(), "the hub has to say first what it knows");
        (void)m_poll->nextRead();
        QVERIFY(m_poll->onRead(410, {}, {}).ok);
        catchUp();
        attempt(Way::Poll, Fate::Answered);
        attempt(Way::Poll, Fate::Answered);
        QCOMPARE(m_hub.decided(1), 1); // by this log, too
        QCOMPARE(m_hub.decided(2), 1);
        QCOMPARE(m_hub.board().find(m_id)->status, OrderStatus::Ready);
        QVERIFY(m_kitchen->outbox().rejections().empty());
    }

    void asksAnewThoughAReadWasOnItsWay()
    {
        catchUp();
        (void)m_poll->nextRead(); // does not ask: it knows
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderStarted, {}, std::nullopt));
        QVERIFY(m_poll->nextCommand());
        QVERIFY(m_poll->onCommand(409, R"({"code":"commands_missing","status":409})").ok);
        QVERIFY(m_poll->onRead(200, m_hub.pollPage(m_hub.head(), 200), {}).ok);
        QVERIFY2(!m_poll->nextCommand(), "that read was no answer to it");
        QVERIFY(m_poll->nextRead().path.contains(QStringLiteral("&device=")));
    }

    void claimsOnlyWhatWasAccepted()
    {
        catchUp();
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderStarted, {}, std::nullopt));
        QVERIFY(m_poll->nextCommand());
        QVERIFY(
            m_poll->onCommand(409, R"({"res":{"n":1,"status":"rejected","code":"out_of_order"}})")
                .ok);
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderStarted, {}, std::nullopt));
        const std::optional<PollRequest> second = m_poll->nextCommand();
        QVERIFY(second);
        QVERIFY2(!parseJsonObject(second->body)->contains(QStringLiteral("after")),
                 "a refusal need not be in the log");
    }

    void takesTheHubsWordForIt()
    {
        catchUp();
        // A refusal whose status is the wished one is a refusal all the same when the hub says so.
        m_hub.append(m_id, EventType::OrderStarted);
        m_hub.append(m_id, EventType::OrderReady);
        catchUp();
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderRecalled, {}, std::nullopt));
        QVERIFY(m_poll->nextCommand());
        const PollOutcome outcome = m_poll->onCommand(
            409, R"({"code":"transition_not_allowed","current":{"status":"in_kitchen","seq":5},)"
                 R"("res":{"n":1,"status":"rejected","code":"transition_not_allowed",)"
                 R"("current":{"status":"in_kitchen","seq":5}}})");
        QCOMPARE(outcome.rejected.size(), size_t(1));
    }

private:
    static QByteArray withOutboxLast(const QByteArray &body, qint64 last)
    {
        QJsonObject json = *parseJsonObject(body);
        json.insert(QStringLiteral("outbox_last"), last);
        return canonicalJson(json);
    }

    // One read, whichever the display wants.
    void catchUp()
    {
        const PollRequest read = m_poll->nextRead();
        const bool isSnapshot = read.path.startsWith(QStringLiteral("/v1/kds/snapshot"));
        const QByteArray body = isSnapshot ? m_hub.pollSnapshot()
                                           : m_hub.pollPage(m_kitchen->tickets().position(), 200);
        const bool isAsked = read.path.contains(QStringLiteral("device="));
        QVERIFY(
            m_poll->onRead(200, isAsked ? withOutboxLast(body, m_hub.outboxLast()) : body, {}).ok);
        QCOMPARE(m_book->state().phase, LinkPhase::Polling);
    }

    void attempt(Way way, Fate fate) { way == Way::Stream ? stream(fate) : poll(fate); }

    void stream(Fate fate)
    {
        (void)m_session->opened(now());
        const Sent out =
            sent(receive(encode(m_hub.welcome(StreamMode::Resume, ++m_sid, m_clock.now()))));
        // The hub's word on what it knows may have finished nothing: the command goes out again.
        QCOMPARE(out.commands.size(), size_t(1));
        if (fate != Fate::RequestLost) {
            const CommandResult result = m_hub.handle(out.commands[0]);
            if (fate == Fate::Answered)
                receive(encode(result));
        }
        (void)m_session->closed();
    }

    void poll(Fate fate)
    {
        const std::optional<PollRequest> request = m_poll->nextCommand();
        QVERIFY(request);
        if (fate == Fate::RequestLost)
            return m_poll->commandLost();
        QJsonObject json = *parseJsonObject(request->body);
        QCOMPARE(json.value(QStringLiteral("device")).toString(), m_kitchen->deviceId());
        json.insert(QStringLiteral("order_id"), request->path.section(QLatin1Char('/'), 3, 3));
        const Result<DeviceCommand> command = commandFromJson(json);
        QVERIFY(command);
        QCOMPARE(commandFingerprint(*command),
                 commandFingerprint(m_kitchen->outbox().find(command->n)->command));
        const CommandResult result = m_hub.handle(*command);
        if (fate == Fate::AnswerLost)
            return m_poll->commandLost();
        const QJsonObject answer{{QStringLiteral("res"), resultToJson(result)}};
        QVERIFY(m_poll
                    ->onCommand(result.status == CommandStatus::Applied ? 201 : 200,
                                canonicalJson(answer))
                    .ok);
    }

    std::unique_ptr<PollSession> m_poll;
};

QTEST_GUILESS_MAIN(TestSyncPollCommands)
#include "test_sync_poll_commands.moc"
