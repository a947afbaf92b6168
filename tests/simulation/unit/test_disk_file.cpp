// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/disk/directory.h"

#include <QSet>
#include <QTest>

using namespace cf::sim;

// What of a file outlives a power cut: everything that may happen does, nothing else.
class TestDiskFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void syncedIsKept();
    void eachWriteOfItsOwn();
    void aSectorCarriesWhatCameBefore();
    void sectorsTear();
    void prefixIsInOrder();
    void truncationMayBeUndone();
    void failedSyncForgets();
    void writingAgainRemembers();
    void namesAreKeptInOrder();
};

namespace {

constexpr CutStyle everyStyle[] = {CutStyle::KeepAll, CutStyle::DropAll, CutStyle::Prefix,
                                   CutStyle::Writes, CutStyle::Sectors};

// The contents that may be left of a file after a power cut, over many seeds.
QSet<QByteArray> outcomes(CutStyle style, const std::function<void(DiskFile &, Dice &)> &before)
{
    QSet<QByteArray> found;
    for (quint64 seed = 0; seed < 300; ++seed) {
        Dice dice(seed);
        DiskFile file;
        before(file, dice);
        CutCounts counts;
        file.powerCut(style, dice, counts);
        found.insert(file.live());
    }
    return found;
}

QByteArray sectors(const char *letters)
{
    QByteArray bytes;
    for (const char *c = letters; *c != '\0'; ++c)
        bytes += QByteArray(512, *c);
    return bytes;
}

} // namespace

void TestDiskFile::syncedIsKept()
{
    for (const CutStyle style : everyStyle) {
        const auto found = outcomes(style, [](DiskFile &file, Dice &) {
            file.write(0, sectors("ab"));
            file.write(100, QByteArray(1000, 'c'));
            file.truncate(1'050);
            file.sync();
        });
        QCOMPARE(found.size(), 1);
        QCOMPARE(*found.begin(), QByteArray(100, 'a') + QByteArray(950, 'c'));
    }
}

void TestDiskFile::eachWriteOfItsOwn()
{
    const auto found = outcomes(CutStyle::Writes, [](DiskFile &file, Dice &) {
        file.write(0, sectors("aaa"));
        file.sync();
        file.write(0, sectors("b"));
        file.write(1'024, sectors("c"));
    });
    // The later one also without the earlier one.
    QCOMPARE(found,
             (QSet<QByteArray>{sectors("aaa"), sectors("baa"), sectors("aac"), sectors("bac")}));
}

void TestDiskFile::aSectorCarriesWhatCameBefore()
{
    for (const CutStyle style : {CutStyle::Writes, CutStyle::Sectors}) {
        const auto found = outcomes(style, [](DiskFile &file, Dice &) {
            file.write(0, sectors("a"));
            file.sync();
            file.write(0, "1");
            file.write(9, "2");
        });
        QByteArray one = sectors("a");
        one[0] = '1';
        QByteArray both = one;
        both[9] = '2';
        QCOMPARE(found, (QSet<QByteArray>{sectors("a"), one, both}));
    }
}

void TestDiskFile::sectorsTear()
{
    const auto found = outcomes(CutStyle::Sectors, [](DiskFile &file, Dice &) {
        file.write(0, sectors("aa"));
        file.sync();
        file.write(0, sectors("bb"));
    });
    QCOMPARE(found, (QSet<QByteArray>{sectors("aa"), sectors("ab"), sectors("ba"), sectors("bb")}));
}

void TestDiskFile::prefixIsInOrder()
{
    const auto found = outcomes(CutStyle::Prefix, [](DiskFile &file, Dice &) {
        file.write(0, sectors("aaa"));
        file.sync();
        for (int i = 0; i < 3; ++i)
            file.write(512 * i, sectors("b"));
    });
    QCOMPARE(found,
             (QSet<QByteArray>{sectors("aaa"), sectors("baa"), sectors("bba"), sectors("bbb")}));
}

void TestDiskFile::truncationMayBeUndone()
{
    const auto shorten = [](DiskFile &file, Dice &) {
        file.write(0, sectors("ab"));
        file.sync();
        file.truncate(512);
        file.write(512, sectors("c"));
    };
    const auto found = outcomes(CutStyle::Writes, shorten);
    // What was written behind it did not survive without it.
    QCOMPARE(found, (QSet<QByteArray>{sectors("ab"), sectors("a"), sectors("ac"),
                                      sectors("a") + QByteArray(512, '\0')}));
    QCOMPARE(outcomes(CutStyle::DropAll, shorten), QSet<QByteArray>{sectors("ab")});
    QCOMPARE(outcomes(CutStyle::KeepAll, shorten), QSet<QByteArray>{sectors("ac")});
}

void TestDiskFile::failedSyncForgets()
{
    const auto found = outcomes(CutStyle::KeepAll, [](DiskFile &file, Dice &dice) {
        file.write(0, sectors("aaaaaaaaa"));
        file.sync();
        file.write(0, sectors("b"));
        file.failSync(dice);
        QCOMPARE(file.live(), sectors("baaaaaaaa")); // still seen
        file.write(4'096, sectors("c"));             // of another page
        file.sync();                                 // "done"
    });
    QCOMPARE(found, (QSet<QByteArray>{sectors("aaaaaaaac"), sectors("baaaaaaac")}));
}

void TestDiskFile::writingAgainRemembers()
{
    const auto found = outcomes(CutStyle::DropAll, [](DiskFile &file, Dice &dice) {
        file.write(0, sectors("aaa"));
        file.sync();
        file.write(0, sectors("b"));
        file.failSync(dice);
        file.write(1'024, sectors("c")); // of the same page
        file.sync();
    });
    QCOMPARE(found, QSet<QByteArray>{sectors("bac")});
}

void TestDiskFile::namesAreKeptInOrder()
{
    QSet<QByteArray> found;
    for (quint64 seed = 0; seed < 200; ++seed) {
        Dice dice(seed);
        Directory directory;
        directory.create("a");
        directory.sync();
        directory.create("b");
        QVERIFY(directory.remove("a"));
        QVERIFY(!directory.remove("a"));
        QVERIFY(directory.rename("b", "c"));
        QVERIFY(!directory.rename("b", "d"));
        directory.powerCut(CutStyle::Writes, dice, [](DiskFile &) {});
        QByteArray names;
        for (const auto &entry : directory.names())
            names += entry.first;
        found.insert(names);
    }
    QCOMPARE(found, (QSet<QByteArray>{"a", "ab", "b", "c"}));
}

QTEST_GUILESS_MAIN(TestDiskFile)
#include "test_disk_file.moc"
