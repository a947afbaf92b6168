// SPDX-License-Identifier: Apache-2.0
#include "hub/app/config.h"

#include "shared/base/limits.h"

#include <QFileInfo>

#include <arpa/inet.h>

#include <array>
#include <optional>

namespace cf::hub {

namespace {

constexpr int restaurantIdLengthMax = 64;

Error refuse(const QString &detail)
{
    return {ErrorCode::ValidationFailed, detail};
}

bool isAddressLiteral(const QString &text)
{
    std::array<quint8, 16> bytes{};
    const QByteArray literal = text.toLatin1();
    return inet_pton(AF_INET, literal.constData(), bytes.data()) == 1
           || inet_pton(AF_INET6, literal.constData(), bytes.data()) == 1;
}

std::optional<quint16> parsePort(const QString &text)
{
    bool valid = !text.isEmpty() && text.size() <= 5;
    for (const QChar c : text)
        valid = valid && c >= QLatin1Char('0') && c <= QLatin1Char('9');
    const uint value = valid ? text.toUInt() : 0x10000U;
    return value <= 0xffff ? std::optional(static_cast<quint16>(value)) : std::nullopt;
}

// ADDR:PORT, [ADDR]:PORT; "localhost" means 127.0.0.1, no other name is looked up.
Status readListen(const QString &text, Config &into)
{
    const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
    QString host = colon < 0 ? QString() : text.left(colon);
    const std::optional<quint16> port = parsePort(text.mid(colon + 1));
    const bool bracketed = host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']'));
    if (bracketed)
        host = host.mid(1, host.size() - 2);
    if (host == QLatin1StringView("localhost"))
        host = QStringLiteral("127.0.0.1");
    // An unbracketed IPv6 address cannot be told from its port.
    const bool clear = host.contains(QLatin1Char(':')) == bracketed;
    if (!port || !clear || !isAddressLiteral(host)) {
        return refuse(QStringLiteral("--listen wants ADDR:PORT with a numeric address, such as "
                                     "127.0.0.1:7300 or [::1]:7300, not \"%1\"")
                          .arg(text));
    }
    into.address = host;
    into.port = *port;
    return ok();
}

Status readLogLevel(const QString &text, Config &into)
{
    static constexpr std::array names{"error", "warning", "info", "debug"};
    for (size_t i = 0; i < names.size(); ++i) {
        if (text == QLatin1StringView(names.at(i))) {
            into.logLevel = static_cast<LogLevel>(i);
            return ok();
        }
    }
    return refuse(
        QStringLiteral("--log-level is one of error, warning, info, debug; not \"%1\"").arg(text));
}

Status readRestaurant(const QString &text, Config &into)
{
    bool valid = !text.isEmpty() && text.size() <= restaurantIdLengthMax;
    for (const QChar c : text) {
        const bool allowed = (c.unicode() < 128 && c.isLetterOrNumber()) || c == QLatin1Char('-')
                             || c == QLatin1Char('_') || c == QLatin1Char('.');
        valid = valid && allowed;
    }
    if (!valid) {
        return refuse(QStringLiteral("--restaurant is 1 to %1 letters, digits, '-', '_' or '.'")
                          .arg(restaurantIdLengthMax));
    }
    into.restaurantId = text;
    return ok();
}

Status readPath(const QString &option, const QString &text, QString &into)
{
    if (text.isEmpty() || text.contains(QChar(0)))
        return refuse(QStringLiteral("%1 wants a path").arg(option));
    into = text;
    return ok();
}

Status readOption(const QString &option, const QString &value, Config &into)
{
    if (option == QLatin1StringView("--listen"))
        return readListen(value, into);
    if (option == QLatin1StringView("--log-level"))
        return readLogLevel(value, into);
    if (option == QLatin1StringView("--restaurant"))
        return readRestaurant(value, into);
    if (option == QLatin1StringView("--data"))
        return readPath(option, value, into.dataDir);
    if (option == QLatin1StringView("--tls-cert"))
        return readPath(option, value, into.tlsCert);
    if (option == QLatin1StringView("--tls-key"))
        return readPath(option, value, into.tlsKey);
    if (option == QLatin1StringView("--port-file"))
        return readPath(option, value, into.portFile);
    return refuse(QStringLiteral("unknown option \"%1\" (see --help)").arg(option));
}

bool readFlag(const QString &argument, Config &into)
{
    if (argument == QLatin1StringView("--demo"))
        into.demo = true;
    else if (argument == QLatin1StringView("--version"))
        into.action = ConfigAction::ShowVersion;
    else if (argument == QLatin1StringView("--help") || argument == QLatin1StringView("-h"))
        into.action = ConfigAction::ShowHelp;
    else
        return false;
    return true;
}

Status readArguments(const QStringList &arguments, Config &into)
{
    QStringList seen;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        if (readFlag(arguments.at(i), into))
            continue;
        const qsizetype equals = arguments.at(i).indexOf(QLatin1Char('='));
        const QString option = arguments.at(i).left(equals);
        if (equals < 0 && i + 1 >= arguments.size()) {
            const Status known = readOption(option, QStringLiteral("1"), into);
            const bool unknown = !known && known.error().detail.startsWith(u"unknown");
            return unknown ? known : refuse(QStringLiteral("%1 wants a value").arg(option));
        }
        if (seen.contains(option))
            return refuse(QStringLiteral("%1 is given twice").arg(option));
        seen.append(option);
        const QString value = equals < 0 ? arguments.at(++i) : arguments.at(i).mid(equals + 1);
        if (Status read = readOption(option, value, into); !read)
            return read;
    }
    return ok();
}

Status checkWhole(const Config &config)
{
    if (config.demo && !isLoopbackAddress(config.address)) {
        return refuse(QStringLiteral("--demo asks nobody for a token, so it is only allowed on a "
                                     "loopback address (127.0.0.1 or [::1]), not on %1")
                          .arg(config.address));
    }
    if (config.tlsCert.isEmpty() != config.tlsKey.isEmpty())
        return refuse(QStringLiteral("--tls-cert and --tls-key belong together"));
    for (const QString &file : {config.tlsCert, config.tlsKey}) {
        if (!file.isEmpty() && !QFileInfo(file).isReadable())
            return refuse(QStringLiteral("cannot read \"%1\"").arg(file));
    }
    return ok();
}

} // namespace

Result<Config> parseConfig(const QStringList &arguments, const ConfigEnvironment &environment)
{
    Config config;
    config.port = static_cast<quint16>(limits::defaultPort);
    config.dataDir =
        environment.data.isEmpty() ? QStringLiteral("/var/lib/counterfire") : environment.data;
    if (const Status read = readArguments(arguments, config); !read)
        return read.error();
    if (config.action != ConfigAction::Serve)
        return config;
    if (const Status whole = checkWhole(config); !whole)
        return whole.error();
    return config;
}

bool isLoopbackAddress(const QString &address)
{
    in_addr v4{};
    if (inet_pton(AF_INET, address.toLatin1().constData(), &v4) == 1)
        return (ntohl(v4.s_addr) >> 24) == 127;
    in6_addr v6{};
    return inet_pton(AF_INET6, address.toLatin1().constData(), &v6) == 1
           && IN6_IS_ADDR_LOOPBACK(&v6);
}

QString authorityText(const QString &address, quint16 port)
{
    const bool v6 = address.contains(QLatin1Char(':'));
    return (v6 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(address).arg(port);
}

QString helpText()
{
    return QStringLiteral(
        "Usage: counterfire-hub [options]\n"
        "The CounterFire hub: keeps a restaurant's order log and serves it.\n\n"
        "  --listen ADDR:PORT  where to serve (default 127.0.0.1:7300; port 0: any free port)\n"
        "  --data DIR          log and tokens (default $COUNTERFIRE_DATA, "
        "else /var/lib/counterfire)\n"
        "  --restaurant ID     the restaurant's id, when the log is made (default \"default\")\n"
        "  --demo              ask nobody for a token; loopback addresses only\n"
        "  --tls-cert FILE     certificate chain, PEM\n"
        "  --tls-key FILE      private key, PEM\n"
        "  --log-level LEVEL   error, warning, info (default) or debug\n"
        "  --port-file FILE    write the port there once the hub is listening\n"
        "  --version           print the version\n"
        "  --help              print this\n");
}

} // namespace cf::hub
