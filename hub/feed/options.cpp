// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/options.h"

#include "shared/protocol/canonical_json.h"

#include <QFile>
#include <QHash>

namespace cf::feed {

namespace {

constexpr qint64 tokenFileBytesMax = 4096;
// Far above any kitchen; far below what would only measure the feed itself.
constexpr double perMinuteMax = 60'000;
constexpr double speedMax = 1'000;

Error refuse(const QString &detail)
{
    return {ErrorCode::ValidationFailed, detail};
}

Status readNumber(const QString &option, const QString &text, double above, double max,
                  double &into)
{
    bool valid = false;
    const double number = text.toDouble(&valid);
    if (!valid || !(number > above) || number > max)
        return refuse(QStringLiteral("%1 wants a number above %2, at most %3")
                          .arg(option)
                          .arg(above)
                          .arg(max));
    into = number;
    return ok();
}

Status readHub(const QString &text, QUrl &into)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool http = url.scheme() == u"http" || url.scheme() == u"https";
    const bool bare = url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment()
                      && (url.path().isEmpty() || url.path() == u"/");
    if (!url.isValid() || !http || url.host().isEmpty() || !bare)
        return refuse(QStringLiteral("--hub wants a URL such as http://127.0.0.1:7300"));
    into = url;
    into.setPath(QString());
    return ok();
}

Status readSeconds(const QString &text, std::chrono::seconds &into)
{
    bool valid = false;
    const int seconds = text.toInt(&valid);
    if (!valid || seconds < 0)
        return refuse(QStringLiteral("--for wants seconds; 0 means until Ctrl-C"));
    into = std::chrono::seconds(seconds);
    return ok();
}

Status readSeed(const QString &text, quint64 &into)
{
    bool valid = false;
    into = text.toULongLong(&valid);
    return valid ? ok() : refuse(QStringLiteral("--seed wants a whole number"));
}

Status readRun(const QString &text, QString &into)
{
    bool valid = !text.isEmpty() && text.size() <= 32;
    for (const QChar c : text)
        valid = valid && c.unicode() < 128 && (c.isLetterOrNumber() || c == QLatin1Char('-'));
    if (!valid)
        return refuse(QStringLiteral("--run wants 1 to 32 letters, digits or '-'"));
    into = text;
    return ok();
}

Status readText(const QString &option, const QString &text, QString &into)
{
    if (text.isEmpty())
        return refuse(QStringLiteral("%1 wants a value").arg(option));
    into = text;
    return ok();
}

Status readOption(const QString &option, const QString &value, Options &into)
{
    if (option == u"--hub")
        return readHub(value, into.hub);
    if (option == u"--rate")
        return readNumber(option, value, 0, perMinuteMax, into.perMinute);
    if (option == u"--speed")
        return readNumber(option, value, 0, speedMax, into.speed);
    if (option == u"--seed")
        return readSeed(value, into.seed);
    if (option == u"--run")
        return readRun(value, into.run);
    if (option == u"--for")
        return readSeconds(value, into.duration);
    if (option == u"--token-file")
        return readText(option, value, into.tokenFile);
    if (option == u"--token-env")
        return readText(option, value, into.tokenEnv);
    if (option == u"--report")
        return readText(option, value, into.report);
    return refuse(QStringLiteral("unknown option \"%1\" (see --help)").arg(option));
}

bool readFlag(const QString &argument, Options &into)
{
    if (argument == u"--cook")
        into.cook = true;
    else if (argument == u"--help" || argument == u"-h")
        into.showHelp = true;
    else if (argument == u"--version")
        into.showVersion = true;
    else
        return false;
    return true;
}

QByteArray checkedToken(const QByteArray &text)
{
    QByteArray token = text.trimmed();
    for (const char c : std::as_const(token)) {
        if (c <= ' ' || c > '~')
            return {};
    }
    return token;
}

Result<Tokens> tokensFrom(const QByteArray &bytes, const QString &where)
{
    Tokens tokens;
    if (bytes.trimmed().startsWith('{')) {
        const Result<QJsonObject> json = parseJsonObject(bytes);
        if (!json)
            return refuse(QStringLiteral("%1 is not JSON").arg(where));
        tokens.orders = json->value(QLatin1StringView("integration")).toString().toLatin1();
        tokens.events = json->value(QLatin1StringView("manager")).toString().toLatin1();
    } else {
        tokens.orders = tokens.events = checkedToken(bytes);
    }
    if (tokens.orders.isEmpty() || tokens.events.isEmpty())
        return refuse(QStringLiteral("%1 holds no token").arg(where));
    return tokens;
}

} // namespace

Result<Options> parseOptions(const QStringList &arguments)
{
    Options options;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        if (readFlag(arguments.at(i), options))
            continue;
        const qsizetype equals = arguments.at(i).indexOf(QLatin1Char('='));
        const QString option = arguments.at(i).left(equals);
        if (equals < 0 && i + 1 >= arguments.size())
            return refuse(QStringLiteral("\"%1\" is unknown or wants a value").arg(option));
        const QString value = equals < 0 ? arguments.at(++i) : arguments.at(i).mid(equals + 1);
        if (const Status read = readOption(option, value, options); !read)
            return read.error();
    }
    if (!options.tokenFile.isEmpty() && !options.tokenEnv.isEmpty())
        return refuse(QStringLiteral("--token-file and --token-env exclude each other"));
    return options;
}

Result<Tokens> readTokens(const Options &options)
{
    if (!options.tokenEnv.isEmpty()) {
        const QByteArray name = options.tokenEnv.toLocal8Bit();
        return tokensFrom(qgetenv(name.constData()), QStringLiteral("$") + options.tokenEnv);
    }
    if (options.tokenFile.isEmpty())
        return Tokens{};
    QFile file(options.tokenFile);
    if (!file.open(QIODevice::ReadOnly))
        return refuse(QStringLiteral("cannot read %1").arg(options.tokenFile));
    return tokensFrom(file.read(tokenFileBytesMax), options.tokenFile);
}

QString helpText()
{
    return QStringLiteral(
        "Usage: counterfire-feed [options]\n"
        "Plays a lunch service against a hub's public HTTP API.\n\n"
        "  --hub URL          the hub (default http://127.0.0.1:7300)\n"
        "  --token-file FILE  one token, or the hub's tokens.json\n"
        "  --token-env NAME   environment variable that holds a token\n"
        "  --rate N           orders per minute, on average (default 12)\n"
        "  --seed N           which service to play (default 1)\n"
        "  --run ID           names the run; the same id and seed are the same orders\n"
        "  --for SECONDS      how long (default 0: until Ctrl-C)\n"
        "  --cook             also do what a kitchen does\n"
        "  --speed N          kitchen and floor are N times as fast as people (default 1)\n"
        "  --report FILE      write every acknowledged order and event there, JSON\n"
        "  --version, --help\n\n"
        "Exits with 0; 1: bad options; 2: not all was answered; 3: the hub was never reached.\n");
}

} // namespace cf::feed
