// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/options.h"

#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"

#include <QCommandLineParser>
#include <QFile>

namespace cf::kds {

namespace {

// A token file is some hundred bytes; anything far beyond is not one.
constexpr qint64 tokenFileBytesMax = 4'096;

Error bad(const QString &detail)
{
    return {ErrorCode::ValidationFailed, detail};
}

void addOptions(QCommandLineParser &parser)
{
    const auto add = [&](const QString &name, const QString &text, const QString &value = {},
                         const QString &preset = {}) {
        parser.addOption({name, text, value, preset});
    };
    add(QStringLiteral("hub"), QStringLiteral("The hub."), QStringLiteral("URL"),
        QStringLiteral("http://127.0.0.1:%1").arg(limits::defaultPort));
    add(QStringLiteral("token-file"),
        QStringLiteral("File with this display's token, or the hub's token file."),
        QStringLiteral("FILE"));
    add(QStringLiteral("data"), QStringLiteral("Directory of this display's own board and outbox."),
        QStringLiteral("DIR"));
    add(QStringLiteral("name"), QStringLiteral("Name of the station."), QStringLiteral("NAME"),
        QStringLiteral("Kitchen"));
    add(QStringLiteral("restaurant"), QStringLiteral("Name of the restaurant, for the header."),
        QStringLiteral("NAME"));
    add(QStringLiteral("size"), QStringLiteral("Size of the window."), QStringLiteral("WxH"),
        QStringLiteral("1280x800"));
    add(QStringLiteral("fullscreen"), QStringLiteral("Fill the screen."));
    add(QStringLiteral("headless"), QStringLiteral("No window."));
    add(QStringLiteral("screenshot"), QStringLiteral("Keep a picture of the window here (PNG)."),
        QStringLiteral("FILE"));
    add(QStringLiteral("screenshot-every"), QStringLiteral("How often."), QStringLiteral("SECONDS"),
        QStringLiteral("10"));
    add(QStringLiteral("status-file"), QStringLiteral("Keep what is shown here (JSON)."),
        QStringLiteral("FILE"));
    add(QStringLiteral("control"), QStringLiteral("Take taps from standard input, one a line."));
    add(QStringLiteral("help"), QStringLiteral("This text."));
    add(QStringLiteral("version"), QStringLiteral("The version."));
}

Result<QByteArray> readToken(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return bad(
            QStringLiteral("--token-file: cannot read %1: %2").arg(path, file.errorString()));
    return tokenIn(file.read(tokenFileBytesMax));
}

Result<QSize> sizeOf(const QString &text)
{
    const QStringList parts = text.split(u'x');
    const QSize size(parts.value(0).toInt(), parts.value(1).toInt());
    constexpr int least = 320;
    constexpr int most = 16'384;
    if (parts.size() != 2 || size.width() < least || size.height() < least / 2
        || size.width() > most || size.height() > most)
        return bad(QStringLiteral("--size: \"%1\" is not a size like 1280x800").arg(text));
    return size;
}

Result<QUrl> hubOf(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool scheme = url.scheme() == u"http" || url.scheme() == u"https";
    if (!url.isValid() || !scheme || url.host().isEmpty() || !url.userInfo().isEmpty()
        || url.path().size() > 1 || url.hasQuery())
        return bad(QStringLiteral("--hub: give a URL like http://127.0.0.1:7300"));
    return url;
}

Status fill(Options &options, const QCommandLineParser &parser)
{
    const Result<QUrl> hub = hubOf(parser.value(QStringLiteral("hub")));
    if (!hub)
        return hub.error();
    options.hub = *hub;
    const Result<QSize> size = sizeOf(parser.value(QStringLiteral("size")));
    if (!size)
        return size.error();
    options.size = *size;
    bool isNumber = false;
    const int every = parser.value(QStringLiteral("screenshot-every")).toInt(&isNumber);
    if (!isNumber || every < 1)
        return bad(QStringLiteral("--screenshot-every: give a number of seconds, at least 1"));
    options.screenshotEvery = std::chrono::seconds(every);
    options.name = parser.value(QStringLiteral("name")).trimmed();
    if (options.name.isEmpty() || options.name.size() > limits::deviceNameLengthMax)
        return bad(QStringLiteral("--name: give a name of at most %1 characters")
                       .arg(limits::deviceNameLengthMax));
    options.dataDir = parser.value(QStringLiteral("data"));
    if (options.dataDir.isEmpty())
        return bad(QStringLiteral("--data: say where this display keeps its board"));
    const QString tokenFile = parser.value(QStringLiteral("token-file"));
    if (!tokenFile.isEmpty()) {
        const Result<QByteArray> token = readToken(tokenFile);
        if (!token)
            return token.error();
        options.token = *token;
    }
    return ok();
}

} // namespace

Result<QByteArray> tokenIn(const QByteArray &fileText)
{
    QByteArray token = fileText.trimmed();
    if (token.startsWith('{')) {
        const Result<QJsonObject> json = parseJsonObject(token);
        token =
            json ? json->value(QLatin1StringView("kitchen")).toString().toLatin1() : QByteArray();
    }
    const bool printable =
        std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (token.isEmpty() || !printable)
        return bad(QStringLiteral("--token-file: there is no token in it"));
    return token;
}

Result<Options> parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(arguments))
        return bad(parser.errorText());
    if (!parser.positionalArguments().isEmpty())
        return bad(QStringLiteral("\"%1\" is not an option")
                       .arg(parser.positionalArguments().constFirst()));
    Options options;
    options.showHelp = parser.isSet(QStringLiteral("help"));
    options.showVersion = parser.isSet(QStringLiteral("version"));
    if (options.showHelp || options.showVersion)
        return options;
    options.restaurant = parser.value(QStringLiteral("restaurant"));
    options.fullscreen = parser.isSet(QStringLiteral("fullscreen"));
    options.headless = parser.isSet(QStringLiteral("headless"));
    options.control = parser.isSet(QStringLiteral("control"));
    options.screenshotPath = parser.value(QStringLiteral("screenshot"));
    options.statusPath = parser.value(QStringLiteral("status-file"));
    if (const Status filled = fill(options, parser); !filled)
        return filled.error();
    return options;
}

QString helpText()
{
    QCommandLineParser parser;
    addOptions(parser);
    return parser.helpText();
}

} // namespace cf::kds
