// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/files.h"
#include "tests/crash/torment.h"

#include <QJsonDocument>

#include <algorithm>

// How a run ends: healing, the whole account, the report.
namespace cf::crash {

namespace {
using namespace std::chrono_literals;
constexpr auto healWithin = 90s;
constexpr size_t findingsShown = 30;

qint64 percentile(std::vector<qint64> values, int percent)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values.at((values.size() - 1) * static_cast<size_t>(percent) / 100);
}
} // namespace

void Torment::waitFor(const char *what, const std::function<bool()> &done,
                      const std::function<QByteArray()> &why)
{
    if (!cf::test::waitUntil(done, healWithin))
        m_checker.add({"everything heals", QStringLiteral("%1: %2").arg(QString::fromLatin1(what),
                                                                        QString::fromUtf8(why()))});
}

void Torment::heal()
{
    const qint64 began = m_elapsed.elapsed();
    m_taps.stop();
    if (!m_weather.calm())
        m_checker.add({"everything heals", "the weather command could not calm it"});
    if (m_tills)
        m_tills->calm();
    for (const auto &recorder : m_recorders)
        recorder->calm();
    waitFor(
        "tills", [this] { return !m_tills || m_tills->isDone(); }, [this] { return m_hub.tail(); });
    for (const auto &recorder : m_recorders) {
        waitFor(
            "a recorder's commands", [&] { return recorder->unanswered() == 0; },
            [&] { return QByteArray::number(recorder->unanswered()) + " unanswered"; });
    }
    for (const Screen &screen : m_screens) {
        waitFor(
            "a display's outbox", [&] { return screen.process->number("outbox") == 0; },
            [&] { return screen.process->brief(); });
    }
    cf::test::HttpClient http = m_hub.client();
    cf::test::HttpHeaders headers;
    if (const QByteArray token = m_hub.token("manager"); !token.isEmpty())
        headers.emplace_back("Authorization", "Bearer " + token);
    const QJsonObject board = http.get("/v1/kds/snapshot", headers).json();
    const std::optional<Sighting> at =
        sightingAt("the hub's own board", board.value("cursor").toString().toLatin1());
    if (!at) {
        m_checker.add({"everything heals", "the hub gives no snapshot"});
        return;
    }
    m_sightings.push_back(*at);
    m_sightings.back().digest = board.value("digest").toString().toLatin1();
    m_sightings.back().count = board.value("count").toInt(-1);
    for (const Screen &screen : m_screens) {
        waitFor(
            "a display's board",
            [&] { return screen.process->shows(at->pos, board.value("digest").toString()); },
            [&] { return screen.process->brief(); });
    }
    for (const auto &recorder : m_recorders) {
        waitFor(
            "a recorder", [&] { return recorder->run().pos() == at->pos; },
            [&] { return QByteArray::number(recorder->run().pos()); });
    }
    m_healMs = m_elapsed.elapsed() - began;
}

void Torment::finish()
{
    glance();
    m_tills.reset();
    for (const auto &recorder : m_recorders)
        recorder->stop();
    for (const Screen &screen : m_screens) {
        if (!screen.process->terminate())
            m_checker.add({"a display ends when told", screen.process->name()});
        readScreen(screen);
    }
    if (!m_hub.terminate())
        m_checker.add({"the hub ends when told", QString::fromUtf8(m_hub.tail())});
    compare();
    std::vector<Finding> findings;
    m_handled = readHandled(logPath(), findings);
    for (const Finding &finding : findings)
        m_checker.add(finding);
    m_checker.accounts(m_operations.all(), allCommands(), m_handled);
    askTheLog();
}

// The product's own proof, beside ours.
void Torment::askTheLog()
{
    const cf::test::Finished verify =
        cf::test::runCtl({"verify", "--json", "--data", m_hub.dataDir()});
    const QJsonObject json = QJsonDocument::fromJson(verify.output).object();
    const Ledger::Board board = m_ledger.boardAt(m_ledger.head());
    if (verify.exitCode != 0 || !json.value("sound").toBool())
        m_checker.add({"counterfirectl verify is content", QString::fromUtf8(verify.output)});
    if (json.value("events").toInteger() != m_ledger.head()
        || json.value("digest").toString().toLatin1() != digestText(board.digest))
        m_checker.add(
            {"counterfirectl verify finds the same board", QString::fromUtf8(verify.output)});
    m_verified = QString::fromUtf8(verify.output).trimmed();
    const cf::test::Finished digest = cf::test::runCtl({"digest", "--data", m_hub.dataDir()});
    if (digest.exitCode != 0 || !digest.output.contains(digestText(board.digest)))
        m_checker.add(
            {"counterfirectl digest finds the same board", QString::fromUtf8(digest.output)});
}

std::vector<DeviceCommand> Torment::allCommands() const
{
    std::vector<DeviceCommand> all;
    for (const auto &[key, command] : m_screenCommands)
        all.push_back(command);
    for (const auto &recorder : m_recorders) {
        const std::vector<DeviceCommand> own = recorder->commands();
        all.insert(all.end(), own.begin(), own.end());
    }
    return all;
}

QString Torment::report() const
{
    const std::vector<Operation> operations = m_operations.all();
    const auto ok = std::count_if(operations.begin(), operations.end(),
                                  [](const Operation &o) { return o.outcome == Outcome::Ok; });
    const auto failed = std::count_if(operations.begin(), operations.end(), [](const Operation &o) {
        return o.outcome == Outcome::Failed;
    });
    const auto retried = std::count_if(operations.begin(), operations.end(),
                                       [](const Operation &o) { return o.attempts > o.answers; });
    qint64 frames = 0;
    qint64 resumes = 0;
    qint64 snapshots = 0;
    for (const auto &recorder : m_recorders) {
        frames += recorder->frames();
        resumes += recorder->run().resumes();
        snapshots += recorder->run().snapshots();
    }
    QString text;
    QTextStream out(&text);
    out << "seed " << m_options.seed << ": " << m_hubKills + m_screenKills << " SIGKILLs in "
        << m_stormMs / 1000 << " s: hub " << m_hubKills << " (" << m_killsWhileStarting
        << " while it started, " << m_killsWhileStopping << " while it stopped), displays "
        << m_screenKills << "\n";
    out << "log: " << m_ledger.head() << " events of " << m_ledger.orders() << " orders, "
        << m_ledger.boardAt(m_ledger.head()).count << " open\n";
    out << "operations over HTTP: " << operations.size() << ": " << ok << " ok, " << failed
        << " refused, " << operations.size() - static_cast<size_t>(ok + failed)
        << " never answered; " << retried << " were unknown for a while and asked again\n";
    out << "commands of displays and recorders: " << allCommands().size() << " made, "
        << m_handled.size() << " recorded by the hub; " << m_tapsMade << " taps\n";
    out << "recorders: " << frames << " frames, " << resumes << " resumes, " << snapshots
        << " snapshots\n";
    out << "compared with the log: " << m_answersCompared << " answers, " << m_toldCompared
        << " told events, " << m_sightingsCompared << " boards and cursors\n";
    out << "weather:";
    for (const auto &[name, count] : m_weather.faults())
        out << ' ' << name << ' ' << count << ';';
    out << "\nhub from start to ready: median " << percentile(m_revivals, 50) << " ms, 99 % "
        << percentile(m_revivals, 99) << " ms, most " << percentile(m_revivals, 100)
        << " ms; healed in " << m_healMs << " ms\n";
    out << "verify: " << m_verified << "\n";
    const std::vector<Finding> &findings = m_checker.findings();
    for (size_t i = 0; i < findings.size() && i < findingsShown; ++i)
        out << "FOUND: " << findings[i].rule << ": " << findings[i].what << "\n";
    out << (findings.empty() ? QStringLiteral("nothing lost, nothing twice, in order")
                             : QStringLiteral("%1 FINDINGS").arg(findings.size()))
        << "\n";
    return text;
}

} // namespace cf::crash
