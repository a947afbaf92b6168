// SPDX-License-Identifier: Apache-2.0
#include "hub/app/log_line.h"
#include "hub/app/service_notify.h"
#include "hub/app/unique_fd.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>

using namespace cf::hub;

class TestAppLogLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesFields()
    {
        QCOMPARE(formatLogLine(LogLevel::Info, "listening",
                               {{"url", QStringLiteral("http://[::1]:1")}, {"pos", "7"}}, false),
                 QByteArray("level=info event=listening url=http://[::1]:1 pos=7\n"));
    }

    void tellsJournaldTheLevel()
    {
        QCOMPARE(formatLogLine(LogLevel::Error, "x", {}, true),
                 QByteArray("<3>level=error event=x\n"));
        QCOMPARE(formatLogLine(LogLevel::Warning, "x", {}, true).left(3), QByteArray("<4>"));
        QCOMPARE(formatLogLine(LogLevel::Debug, "x", {}, true).left(3), QByteArray("<7>"));
    }

    void staysOneLine_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("newline") << "a\nlevel=error event=forged";
        QTest::newRow("escape") << "\x1b[2Jx";
        QTest::newRow("quote") << "a\" level=error \"";
        QTest::newRow("long") << QString(100'000, QLatin1Char('x'));
        QTest::newRow("empty") << "";
        QTest::newRow("umlaut") << QStringLiteral("Küche 一");
    }

    void staysOneLine()
    {
        QFETCH(QString, value);
        const QByteArray line = formatLogLine(LogLevel::Info, "e", {{"v", value}}, false);
        QCOMPARE(line.count('\n'), 1);
        QVERIFY(line.endsWith('\n'));
        QVERIFY2(!line.contains('\x1b'), "no control character reaches a terminal");
        QVERIFY2(line.size() < 4096, "a line is bounded");
        // A value with anything special in it is quoted, and its own quotes are escaped.
        if (value.contains(QLatin1Char('"')))
            QVERIFY(line.contains("a\\\" level=error \\\""));
    }

    void notifiesAService()
    {
        const QTemporaryDir dir;
        const QByteArray path = QFile::encodeName(dir.filePath(QStringLiteral("n")));
        const UniqueFd fd(::socket(AF_UNIX, SOCK_DGRAM, 0));
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.constData(), static_cast<size_t>(path.size()));
        QCOMPARE(::bind(fd.get(), reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
        QVERIFY(notifyService(path, "READY=1"));
        std::array<char, 64> got{};
        const ssize_t size = ::recv(fd.get(), got.data(), got.size(), 0);
        QCOMPARE(QByteArray(got.data(), size), QByteArray("READY=1"));
    }

    void livesWithoutAService()
    {
        QVERIFY(!notifyService({}, "READY=1"));
        QVERIFY(!notifyService("relative", "READY=1"));
        QVERIFY(!notifyService("/nonexistent/socket", "READY=1"));
        QVERIFY(!notifyService(QByteArray("/") + QByteArray(200, 'x'), "READY=1"));
    }
};

QTEST_GUILESS_MAIN(TestAppLogLine)
#include "test_app_log_line.moc"
