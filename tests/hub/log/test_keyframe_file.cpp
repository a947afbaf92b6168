// SPDX-License-Identifier: Apache-2.0
#include "hub/log/backup_note.h"
#include "hub/log/chain_proof.h"
#include "hub/log/keyframe_file.h"
#include "tests/hub/log/log_fixture.h"

#include <QFile>
#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

namespace {

Keyframe keyframe(qint64 pos)
{
    Keyframe one;
    one.pos = pos;
    one.chain.fill(static_cast<quint8>(pos));
    for (int i = 0; i < pos; ++i)
        one.open.push_back({QUuid::createUuidV5(QUuid(), QByteArray::number(i)), i + 1});
    return one;
}

} // namespace

class TestKeyframeFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsThemOverARestart();
    void passesOverWhatIsDamaged();
    void beginsAnewOverAForeignFile();
    void beginsAnewOverATornFile();
    void worksWithoutAFile();
    void proofFindsWhatWasChanged();
    void proofLeavesWhatIsOpen();
    void proofNeedsALog();
    void backupNoteComesBack();
    void backupNoteNeedsItsPlace();
    void backupNoteThatCannotBeRead();

private:
    QTemporaryDir m_dir;
    [[nodiscard]] QString path() const { return m_dir.filePath("past.db"); }
};

void TestKeyframeFile::keepsThemOverARestart()
{
    {
        auto file = KeyframeFile::open(path());
        QVERIFY(file);
        QCOMPARE(*(*file)->lastPos(), 0);
        for (const qint64 pos : {3, 5, 8})
            QVERIFY((*file)->add(keyframe(pos)));
    }
    QCOMPARE(QFile::permissions(path()) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    auto file = KeyframeFile::open(path());
    QVERIFY(file);
    QCOMPARE(*(*file)->lastPos(), 8);
    QVERIFY(!(*file)->before(2)->has_value());
    QVERIFY(**(*file)->before(3) == keyframe(3));
    QVERIFY(**(*file)->before(7) == keyframe(5));
    QVERIFY(**(*file)->before(1'000) == keyframe(8));
    QVERIFY((*file)->dropAfter(5));
    QVERIFY(**(*file)->before(1'000) == keyframe(5));
}

void TestKeyframeFile::passesOverWhatIsDamaged()
{
    const QString damaged = m_dir.filePath("damaged.db");
    {
        auto file = KeyframeFile::open(damaged);
        QVERIFY((*file)->add(keyframe(2)));
        QVERIFY((*file)->add(keyframe(4)));
    }
    QCOMPARE(rawSql(damaged, "UPDATE keyframe SET open = substr(open, 1, 20) WHERE pos = 4"),
             QString());
    auto file = KeyframeFile::open(damaged);
    QVERIFY(**(*file)->before(9) == keyframe(2));
}

void TestKeyframeFile::beginsAnewOverAForeignFile()
{
    const QString foreign = m_dir.filePath("foreign.db");
    for (const QByteArray &content :
         {QByteArray("not a database, whatever its name says"), QByteArray(5'000, '\0')}) {
        QFile file(foreign);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        auto opened = KeyframeFile::open(foreign);
        QVERIFY(opened);
        QVERIFY((*opened)->add(keyframe(1)));
        QVERIFY(**(*opened)->before(1) == keyframe(1));
    }
}

// Its last pages did not reach the disk.
void TestKeyframeFile::beginsAnewOverATornFile()
{
    const QString torn = m_dir.filePath("torn.db");
    {
        auto file = KeyframeFile::open(torn);
        for (qint64 pos = 100; pos < 300; ++pos)
            QVERIFY((*file)->add(keyframe(pos)));
    }
    QFile file(torn);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const qint64 half = file.size() / 2 / 4'096 * 4'096;
    QVERIFY(file.seek(half));
    file.write(QByteArray(static_cast<qsizetype>(file.size() - half), '\0'));
    file.close();
    auto opened = KeyframeFile::open(torn);
    QVERIFY(opened);
    QCOMPARE(*(*opened)->lastPos(), 0);
    QVERIFY((*opened)->add(keyframe(1)));
}

void TestKeyframeFile::worksWithoutAFile()
{
    auto file = KeyframeFile::open(m_dir.filePath("no/such/directory/past.db"));
    QVERIFY2(file, "memory does as well");
    QVERIFY((*file)->add(keyframe(1)));
    QVERIFY(**(*file)->before(1) == keyframe(1));
}

void TestKeyframeFile::proofFindsWhatWasChanged()
{
    LogFixture f;
    f.open();
    for (int i = 0; i < 150; ++i)
        f.maker.placeAndComplete(QString::number(i)); // 750 events
    QVERIFY(f.commit());
    f.close();
    auto sound = ChainProof::open(f.path());
    QVERIFY(sound);
    QVERIFY(*(*sound)->step());
    QCOMPARE((*sound)->pos(), 500);
    QVERIFY(!*(*sound)->step());
    QCOMPARE((*sound)->pos(), 750);
    QVERIFY((*sound)->problems().empty());
    sound->reset();
    QCOMPARE(rawSql(f.path(), "DROP TRIGGER event_no_update;"
                              "UPDATE event SET payload = '{\"x\":1}' WHERE pos = 601"),
             QString());
    auto damaged = ChainProof::open(f.path());
    QVERIFY(damaged);
    while (*(*damaged)->step()) { }
    QCOMPARE((*damaged)->problems().front().pos, 601);
}

void TestKeyframeFile::proofLeavesWhatIsOpen()
{
    LogFixture f;
    f.open();
    f.maker.placeAndComplete(QStringLiteral("1"));
    const QUuid open = f.maker.place(QStringLiteral("2"));
    f.maker.add(open, EventType::OrderPaid);
    QVERIFY(f.commit());
    auto proof = ChainProof::open(f.path());
    QVERIFY(proof && (*proof)->step());
    const Keyframe keyframe = (*proof)->keyframe();
    QCOMPARE(keyframe.pos, 7);
    QVERIFY(keyframe.open == (std::vector<OpenPlace>{{open, 2}}));
    QVERIFY(*(*proof)->knows(keyframe));
    Keyframe other = keyframe;
    other.chain.fill(1);
    QVERIFY(!*(*proof)->knows(other));
    other.pos = 99;
    QVERIFY(!*(*proof)->knows(other));
    // What comes later is proven then.
    f.maker.add(open, EventType::OrderAccepted);
    QVERIFY(f.commit());
    QVERIFY((*proof)->step());
    QCOMPARE((*proof)->pos(), 8);
}

void TestKeyframeFile::proofNeedsALog()
{
    QTemporaryDir dir;
    QCOMPARE(ChainProof::open(dir.filePath("none.db")).error().code, ErrorCode::NotFound);
    for (const char *name : {"text.db", "other.db"}) {
        QFile file(dir.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no database, but long enough to be taken for one by whoever looks at it");
    }
    QVERIFY(QFile::resize(dir.filePath("other.db"), 0)); // an empty one is not a log either
    QVERIFY(!ChainProof::open(dir.filePath("text.db")));
    QVERIFY(!ChainProof::open(dir.filePath("other.db")));
}

void TestKeyframeFile::backupNoteNeedsItsPlace()
{
    QTemporaryDir dir;
    QVERIFY(!writeBackupNote(dir.filePath("nowhere/log.db"), {}));
}

void TestKeyframeFile::backupNoteComesBack()
{
    const QString log = m_dir.filePath("events.db");
    QCOMPARE(readBackupNote(log).error().code, ErrorCode::NotFound);
    const BackupNote note{Timestamp(std::chrono::seconds(1'700'000'000)), 77, 4'096,
                          QByteArray(32, 'e'), QStringLiteral("Sicherung 1.db")};
    QVERIFY(writeBackupNote(log, note));
    const Result<BackupNote> read = readBackupNote(log);
    QVERIFY(read);
    QVERIFY(*read == note);
}

void TestKeyframeFile::backupNoteThatCannotBeRead()
{
    const QString log = m_dir.filePath("events.db");
    for (const QByteArray &text : {QByteArray("{"), QByteArray("{\"pos\":1}"),
                                   QByteArray("{\"at\":7}"), QByteArray(100'000, 'x')}) {
        QFile file(backupNotePath(log));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        QCOMPARE(readBackupNote(log).error().code, ErrorCode::StorageFailed);
    }
    QVERIFY(!writeBackupNote(QStringLiteral("/no/such/directory/events.db"), {}));
}

QTEST_GUILESS_MAIN(TestKeyframeFile)
#include "test_keyframe_file.moc"
