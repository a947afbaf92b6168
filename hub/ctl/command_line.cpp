// SPDX-License-Identifier: Apache-2.0
#include "hub/ctl/command_line.h"

#include "hub/log/log_file.h"

#include <QCommandLineParser>
#include <QDir>

#include <array>
#include <optional>

namespace cf::hub {

namespace {

constexpr int tailLinesMax = 1'000'000;

struct CommandSpec {
    const char *name;
    CtlCommand command;
    int arguments;
    const char *options; // of its own, space-separated
    const char *help;
};

constexpr std::array specs = std::to_array<CommandSpec>({
    {"timeline", CtlCommand::Timeline, 1, "json",
     "timeline ORDER   who did what to an order, when and from where; ORDER is an id or a number"},
    {"verify", CtlCommand::Verify, 0, "json",
     "verify           prove the whole log: positions, chain, seq, rules, fold = tables"},
    {"digest", CtlCommand::Digest, 0, "json table",
     "digest           position, open orders and their digest, from the table and from the events"},
    {"tail", CtlCommand::Tail, 0, "json n follow", "tail [-n N] [-f]  the last events"},
    {"backup", CtlCommand::Backup, 0, "json to force",
     "backup --to FILE  copy the log while the hub runs, and prove the copy"},
    {"restore", CtlCommand::Restore, 0, "json from",
     "restore --from FILE  put a backup in the log's place; the hub must be stopped, and the log "
     "that was there is kept"},
});

QString commandList()
{
    QString text = QStringLiteral("what to do:");
    for (const CommandSpec &spec : specs)
        text += QStringLiteral("\n") + QString::fromLatin1(spec.help);
    text += QStringLiteral("\nprove [--seeds N]  play restaurants whose disks, networks and power "
                           "fail, and check every promise; see prove --help");
    return text;
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        QStringLiteral("Reads a CounterFire log; all but restore work beside a running hub.\n"
                       "Exit code: 0 fine, 1 something was found wrong (or not found), 2 the "
                       "command or the log could not be read."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("command"), commandList());
    parser.addOption({QStringLiteral("log"), QStringLiteral("The log."), QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("data"),
                      QStringLiteral("The hub's data directory, which holds %1 "
                                     "(default: $COUNTERFIRE_DATA, else %2).")
                          .arg(logFileName, defaultDataDir),
                      QStringLiteral("DIR")});
    parser.addOption({QStringLiteral("json"), QStringLiteral("JSON, one object a line.")});
    parser.addOption({QStringLiteral("table"),
                      QStringLiteral("digest: only from the table; does not walk the log.")});
    parser.addOption({QStringLiteral("n"), QStringLiteral("tail: how many events."),
                      QStringLiteral("N"), QStringLiteral("10")});
    parser.addOption({{QStringLiteral("f"), QStringLiteral("follow")},
                      QStringLiteral("tail: go on with new events as they come.")});
    parser.addOption(
        {QStringLiteral("to"), QStringLiteral("backup: where to."), QStringLiteral("FILE")});
    parser.addOption(
        {QStringLiteral("from"), QStringLiteral("restore: the backup."), QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("force"), QStringLiteral("backup: also over an older file.")});
}

const CommandSpec *specNamed(const QString &name)
{
    for (const CommandSpec &spec : specs) {
        if (name == QLatin1StringView(spec.name))
            return &spec;
    }
    return nullptr;
}

Saying usageError(const QString &what)
{
    return {QStringLiteral("counterfirectl: %1 (see --help)\n").arg(what), exitFailed};
}

std::optional<Saying> wrongUse(const QCommandLineParser &parser)
{
    const QStringList words = parser.positionalArguments();
    if (words.isEmpty())
        return usageError(QStringLiteral("no command: timeline, verify, digest, tail, backup "
                                         "or restore"));
    const CommandSpec *spec = specNamed(words.first());
    if (!spec)
        return usageError(QStringLiteral("unknown command \"%1\"").arg(words.first()));
    if (words.size() - 1 < spec->arguments)
        return usageError(QStringLiteral("timeline needs an order: its id or its number"));
    if (words.size() - 1 > spec->arguments)
        return usageError(QStringLiteral("unexpected \"%1\"").arg(words.last()));
    if (parser.isSet(QStringLiteral("log")) && parser.isSet(QStringLiteral("data")))
        return usageError(QStringLiteral("--log or --data, not both"));
    const QStringList own = QString::fromLatin1(spec->options).split(QLatin1Char(' '));
    for (const char *option : {"json", "table", "n", "follow", "to", "from", "force"}) {
        const QString name = QString::fromLatin1(option);
        if (parser.isSet(name) && !own.contains(name))
            return usageError(QStringLiteral("%1 takes no %2").arg(words.first(), name));
    }
    for (const char *needed : {"to", "from"}) {
        const QString name = QString::fromLatin1(needed);
        if (own.contains(name) && parser.value(name).isEmpty())
            return usageError(QStringLiteral("%1 needs --%2 FILE").arg(words.first(), name));
    }
    return std::nullopt;
}

QString logPathOf(const QCommandLineParser &parser, const QString &environmentData)
{
    if (parser.isSet(QStringLiteral("log")))
        return parser.value(QStringLiteral("log"));
    QString data = parser.value(QStringLiteral("data"));
    if (data.isEmpty())
        data = environmentData;
    if (data.isEmpty())
        data = defaultDataDir;
    return QDir(data).filePath(logFileName);
}

} // namespace

std::variant<CommandLine, Saying> parseCommandLine(const QStringList &arguments,
                                                   const QString &environmentData)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(arguments))
        return usageError(parser.errorText());
    if (parser.isSet(QStringLiteral("help")))
        return Saying{parser.helpText(), exitFine};
    if (parser.isSet(QStringLiteral("version")))
        return Saying{QStringLiteral("counterfirectl " CF_VERSION "\n"), exitFine};
    if (const std::optional<Saying> wrong = wrongUse(parser))
        return *wrong;
    bool isNumber = false;
    const int lines = parser.value(QStringLiteral("n")).toInt(&isNumber);
    if (!isNumber || lines < 0 || lines > tailLinesMax)
        return usageError(QStringLiteral("-n is a number from 0 to %1").arg(tailLinesMax));
    const QStringList words = parser.positionalArguments();
    CommandLine line;
    line.command = specNamed(words.first())->command;
    line.logPath = logPathOf(parser, environmentData);
    line.order = words.value(1);
    line.lines = lines;
    line.follow = parser.isSet(QStringLiteral("follow"));
    line.json = parser.isSet(QStringLiteral("json"));
    line.tableOnly = parser.isSet(QStringLiteral("table"));
    line.file = parser.value(line.command == CtlCommand::Backup ? QStringLiteral("to")
                                                                : QStringLiteral("from"));
    line.force = parser.isSet(QStringLiteral("force"));
    return line;
}

} // namespace cf::hub
