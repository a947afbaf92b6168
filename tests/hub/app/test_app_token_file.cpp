// SPDX-License-Identifier: Apache-2.0
#include "hub/app/token_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace cf;
using namespace cf::hub;

namespace {

uint modeOf(const QString &path)
{
    struct stat info = {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_mode & 07777 : 0;
}

} // namespace

class TestAppTokenFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_path = m_dir->filePath(QStringLiteral("tokens.json"));
    }

    void makesThemOnce()
    {
        const Result<TokenFile> first = loadOrCreateTokens(m_dir->path(), m_random);
        QVERIFY2(first, qPrintable(first ? QString() : first.error().detail));
        QVERIFY(first->created);
        QCOMPARE(first->path, m_path);
        QCOMPARE(first->tokens.kitchen.size(), 64);
        QVERIFY(isLowerHex(first->tokens.manager));
        QVERIFY(first->tokens.kitchen != first->tokens.manager);
        QVERIFY(first->tokens.kitchen != first->tokens.integration);
        QCOMPARE(modeOf(m_path), 0600U);
        QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files | QDir::Hidden),
                 QStringList{"tokens.json"});
        const Result<TokenFile> second = loadOrCreateTokens(m_dir->path(), m_random);
        QVERIFY(second);
        QVERIFY(!second->created);
        QCOMPARE(second->tokens, first->tokens);
    }

    void isPrivateWhateverTheUmask()
    {
        const mode_t before = ::umask(0);
        const Result<TokenFile> made = loadOrCreateTokens(m_dir->path(), m_random);
        ::umask(before);
        QVERIFY(made);
        QCOMPARE(modeOf(m_path), 0600U);
    }

    void refusesAFileOthersCanRead_data()
    {
        QTest::addColumn<uint>("mode");
        for (const uint mode : {0604U, 0640U, 0660U, 0666U, 0601U})
            QTest::addRow("%o", mode) << mode;
    }

    void refusesAFileOthersCanRead()
    {
        QFETCH(uint, mode);
        QVERIFY(loadOrCreateTokens(m_dir->path(), m_random));
        QCOMPARE(::chmod(QFile::encodeName(m_path).constData(), mode), 0);
        const Result<TokenFile> read = loadOrCreateTokens(m_dir->path(), m_random);
        QVERIFY2(!read, "a token file that others can read must be refused");
        QCOMPARE(read.error().code, ErrorCode::Forbidden);
        QVERIFY2(read.error().detail.contains(m_path), "the refusal says which file");
    }

    void refusesALink()
    {
        QVERIFY(loadOrCreateTokens(m_dir->path(), m_random));
        const QString real = m_dir->filePath(QStringLiteral("real.json"));
        QVERIFY(QFile::rename(m_path, real));
        QVERIFY(QFile::link(real, m_path));
        QVERIFY2(!loadOrCreateTokens(m_dir->path(), m_random), "a symbolic link must be refused");
    }

    void refusesADirectory()
    {
        QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("tokens.json")));
        QVERIFY2(!loadOrCreateTokens(m_dir->path(), m_random), "a directory must be refused");
    }

    void refusesABrokenFile_data()
    {
        QTest::addColumn<QByteArray>("content");
        const QByteArray a(64, 'a');
        const QByteArray b(64, 'b');
        const QByteArray c(64, 'c');
        const auto file = [](const QByteArray &i, const QByteArray &k, const QByteArray &m) {
            return QByteArray(R"({"integration":")" + i + R"(","kitchen":")" + k
                              + R"(","manager":")" + m + R"("})");
        };
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("half") << file(a, b, c).left(100);
        QTest::newRow("short token") << file(a, b, c.left(63));
        QTest::newRow("not hex") << file(a, b, QByteArray(64, 'x'));
        QTest::newRow("same twice") << file(a, b, b);
        QTest::newRow("no integration") << file("", b, c);
        QTest::newRow("huge") << QByteArray(file(a, b, c) + QByteArray(8192, ' '));
    }

    void refusesABrokenFile()
    {
        QFETCH(QByteArray, content);
        QFile out(m_path);
        QVERIFY(out.open(QIODevice::WriteOnly));
        QCOMPARE(out.write(content), content.size());
        out.close();
        QCOMPARE(::chmod(QFile::encodeName(m_path).constData(), 0600), 0);
        const Result<TokenFile> read = loadOrCreateTokens(m_dir->path(), m_random);
        QVERIFY2(!read, "a broken token file must be refused, never replaced");
        QVERIFY2(!read.error().detail.contains(QString(32, u'a')), "no token in a message");
        QFile after(m_path);
        QVERIFY(after.open(QIODevice::ReadOnly));
        QCOMPARE(after.readAll(), content);
    }

    void saysWhenItCannot()
    {
        const QString gone = m_dir->filePath(QStringLiteral("gone"));
        QVERIFY2(!loadOrCreateTokens(gone, m_random), "no directory, no tokens");
    }

    void makesAPrivateDirectory()
    {
        const QString made = m_dir->filePath(QStringLiteral("a/b"));
        const mode_t before = ::umask(0);
        const Status prepared = prepareDataDir(made);
        ::umask(before);
        QVERIFY2(prepared, qPrintable(prepared ? QString() : prepared.error().detail));
        QCOMPARE(modeOf(made), 0700U);
        QVERIFY2(prepareDataDir(made), "a directory that is there is fine");
    }

    void refusesAnUnfitDirectory()
    {
        QVERIFY(loadOrCreateTokens(m_dir->path(), m_random));
        QVERIFY2(!prepareDataDir(m_path), "a file is no directory");
        const QString open = m_dir->filePath(QStringLiteral("open"));
        QVERIFY(QDir().mkdir(open));
        QCOMPARE(::chmod(QFile::encodeName(open).constData(), 0777), 0);
        QVERIFY2(!prepareDataDir(open), "a directory everyone may write to must be refused");
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
    SystemRandom m_random;
};

QTEST_GUILESS_MAIN(TestAppTokenFile)
#include "test_app_token_file.moc"
