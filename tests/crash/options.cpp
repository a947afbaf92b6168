// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/options.h"

#include <QCommandLineParser>

#include <cstdio>

namespace cf::crash {

namespace {
struct Known {
    const char *name;
    const char *text;
    const char *value;
    const char *preset;
};

constexpr Known known[] = {
    {"seed", "Decides who is killed when, and the weather.", "NUMBER", "1"},
    {"kills", "SIGKILLs, of hub and displays together.", "COUNT", "60"},
    {"for", "Stop killing after so long at the latest.", "SECONDS", "0"},
    {"displays", "Real displays.", "COUNT", "3"},
    {"recorders", "Raw WebSocket clients.", "COUNT", "2"},
    {"tills", "Clients that post over HTTP.", "COUNT", "3"},
    {"report", "Write the report there, too.", "FILE", ""},
    {"keep", "Keep every frame of the recorders there.", "DIR", ""},
    {"listen", "The hub's address.", "ADDRESS", "127.0.0.1"},
    {"reach", "Where this program asks the hub whether it is ready.", "ADDRESS", "127.0.0.1"},
    {"address", "Where displays and clients reach the hub.", "ADDRESS", "127.0.0.1"},
    {"hub-wrap", "A command that runs the hub elsewhere.", "COMMAND", ""},
    {"display-wrap", "The same for displays; %1 is its number.", "COMMAND", ""},
    {"weather", "A command that spoils and heals the network, instead of proxies.", "COMMAND", ""},
};
} // namespace

std::optional<Options> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Kills a real hub and real displays under load and checks from outside that "
                       "nothing is lost, doubled or out of order."));
    parser.addHelpOption();
    for (const Known &option : known)
        parser.addOption({QString::fromLatin1(option.name), QString::fromLatin1(option.text),
                          QString::fromLatin1(option.value), QString::fromLatin1(option.preset)});
    if (!parser.parse(arguments) || !parser.positionalArguments().isEmpty()) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(parser.errorText()));
        return std::nullopt;
    }
    if (parser.isSet(QStringLiteral("help"))) {
        std::printf("%s", qUtf8Printable(parser.helpText()));
        return std::nullopt;
    }
    const auto text = [&](const char *name) { return parser.value(QString::fromLatin1(name)); };
    Options options;
    options.seed = text("seed").toULongLong();
    options.kills = text("kills").toInt();
    options.forAtMost = std::chrono::seconds(text("for").toInt());
    options.displays = text("displays").toInt();
    options.recorders = text("recorders").toInt();
    options.tills = text("tills").toInt();
    options.report = text("report");
    options.keep = text("keep");
    options.listen = text("listen");
    options.reach = text("reach");
    options.address = text("address");
    options.hubWrap = text("hub-wrap").split(u' ', Qt::SkipEmptyParts);
    options.displayWrap = text("display-wrap").split(u' ', Qt::SkipEmptyParts);
    options.weather = text("weather");
    return options;
}

} // namespace cf::crash
