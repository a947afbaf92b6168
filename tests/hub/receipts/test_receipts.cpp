// SPDX-License-Identifier: Apache-2.0
// Pins the bytes of receipts of format version 1: another byte is another version.
// CF_UPDATE_GOLDEN=1 writes the files anew.
#include "shared/order/payload.h"
#include "tests/hub/receipts/receipt_kit.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

namespace {

QString goldenPath(const QByteArray &name)
{
    return QDir(QStringLiteral(CF_GOLDEN_DIR)).filePath(QString::fromLatin1(name));
}

// Empty when it is so.
QByteArray differs(const QByteArray &name, const QByteArray &actual)
{
    QFile file(goldenPath(name));
    if (qEnvironmentVariableIsSet("CF_UPDATE_GOLDEN")) {
        const bool written = file.open(QIODevice::WriteOnly) && file.write(actual) == actual.size();
        return written ? QByteArray() : "cannot write " + name;
    }
    if (!file.open(QIODevice::ReadOnly))
        return "there is no " + name;
    const QByteArray expected = file.readAll();
    return expected == actual ? QByteArray() : name + ": is now\n" + actual.left(4000);
}

QByteArray escPos(const SampleReceipt &sample, PaperOptions options = {})
{
    options.language = sample.header.language;
    const Result<QByteArray> bytes = receiptEscPos(rowsOf(sample), options);
    return bytes ? *bytes : bytes.error().detail.toUtf8();
}

QByteArray pdf(const SampleReceipt &sample)
{
    const Result<QByteArray> bytes = receiptPdf(rowsOf(sample), QStringLiteral("Receipt"),
                                                sample.header.language, sample.events.back().at);
    return bytes ? *bytes : bytes.error().detail.toUtf8();
}

} // namespace

class TestReceipts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesArePinned_data();
    void bytesArePinned();
    void drawnTwiceIsTheSame();
    void whatWasNotPaidHasNone();
    void laterEventsThatChangeNothingChangeNothing();
    void theHeaderIsTheOneThatIsNamed();
    void totalsAreTheTillsOrReckoned();
    void hugeSumsAreLeftOut();
    void aHoleIsSaid();
};

void TestReceipts::bytesArePinned_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const SampleReceipt &sample : sampleReceipts())
        QTest::newRow(sample.name) << index++;
}

void TestReceipts::bytesArePinned()
{
    QFETCH(const int, index);
    const SampleReceipt sample = sampleReceipts().at(static_cast<size_t>(index));
    const Rows rows = rowsOf(sample);
    const QByteArray name(sample.name);
    for (const int columns : paperColumns) {
        const QByteArray file = name + '-' + QByteArray::number(columns) + ".txt";
        QCOMPARE(differs(file, receiptText(rows, columns)), QByteArray());
    }
    QCOMPARE(differs(name + ".html",
                     receiptHtml(rows, QStringLiteral("Receipt"), sample.header.language)),
             QByteArray());
    // In hexadecimal, so that a difference can be read.
    QByteArray bytes = escPos(sample);
    if (bytes.size() > 4'000) // drawn: the fonts' business, see below
        bytes = bytes.left(10);
    QCOMPARE(differs(name + ".escpos.hex", bytes.toHex(' ') + '\n'), QByteArray());
}

void TestReceipts::drawnTwiceIsTheSame()
{
    PaperOptions raster;
    raster.codePage = CodePage::Raster;
    QByteArray list;
    for (const SampleReceipt &sample : sampleReceipts()) {
        const QByteArray drawn = pdf(sample);
        QVERIFY2(drawn.startsWith("%PDF-1.5"), drawn.left(200).constData());
        QCOMPARE(pdf(sample), drawn);
        QVERIFY2(drawn.contains("/CreationDate (20261129"), "the drawing's own time is no order's");
        const QByteArray image = escPos(sample, raster);
        QCOMPARE(escPos(sample, raster), image);
        for (const QByteArray &bytes : {drawn, image})
            list += QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex() + ' '
                    + sample.name + '\n';
        if (const QString to = qEnvironmentVariable("CF_RECEIPTS_DIR"); !to.isEmpty()) {
            QFile file(QDir(to).filePath(QLatin1StringView(sample.name) + ".pdf"));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(drawn) == drawn.size());
            const auto dots = receiptBitmap(rowsOf(sample), 576, sample.header.language);
            QFile picture(QDir(to).filePath(QLatin1StringView(sample.name) + ".pbm"));
            QVERIFY(dots && picture.open(QIODevice::WriteOnly));
            picture.write("P4\n" + QByteArray::number(dots->width) + ' '
                          + QByteArray::number(dots->height) + '\n' + dots->bits);
        }
    }
    // With Debian 12's fonts, Pango and Cairo; on another system they may differ from these.
    QFile os(QStringLiteral("/etc/os-release"));
    const bool isDebian12 =
        os.open(QIODevice::ReadOnly) && os.readAll().contains("VERSION_CODENAME=bookworm");
    if (isDebian12)
        QCOMPARE(differs("drawn.sha256", list), QByteArray());
}

void TestReceipts::whatWasNotPaidHasNone()
{
    const OrderLife life(R"({"items":[{"name":"Tea","quantity":1}]})");
    const Result<Receipt> receipt = makeReceipt(life.events(), {});
    QVERIFY(!receipt);
    QCOMPARE(receipt.error().code, ErrorCode::TransitionNotAllowed);
}

void TestReceipts::laterEventsThatChangeNothingChangeNothing()
{
    SampleReceipt sample = sampleReceipts().front();
    const QByteArray before = receiptText(rowsOf(sample), 42);
    OrderEvent ready = sample.events.back();
    ready.seq = 3;
    ready.type = EventType::OrderReady;
    ready.payload = {};
    sample.events.push_back(ready);
    QCOMPARE(receiptText(rowsOf(sample), 42), before);
}

void TestReceipts::theHeaderIsTheOneThatIsNamed()
{
    std::vector<OrderEvent> events = sampleReceipts().front().events;
    QCOMPARE(headerRevisionOf(events), 0);
    events.back().payload = withRestaurantRevision(events.back().payload, 7);
    QCOMPARE(headerRevisionOf(events), 7);
    // Nobody but the hub says which it was.
    QCOMPARE(restaurantRevisionOf(withRestaurantRevision(events.back().payload, 0)), 0);
}

void TestReceipts::totalsAreTheTillsOrReckoned()
{
    OrderLife said(R"({"items":[{"name":"Tea","quantity":2,"unit_price":300}]})");
    said.then(EventType::OrderPaid, R"({"total":599})");
    QCOMPARE(makeReceipt(said.events(), {})->total, 599);
    OrderLife reckoned(R"({"items":[{"name":"Tea","quantity":2,"unit_price":300}]})");
    reckoned.then(EventType::OrderPaid, R"({"discounts":[{"name":"x","amount":100}],"tip":50,
      "taxes":[{"name":"a","amount":25},{"name":"b","amount":9,"included":true}]})");
    QCOMPARE(makeReceipt(reckoned.events(), {})->total, 600 - 100 + 50 + 25);
    OrderLife unpriced(R"({"items":[{"name":"Tea","quantity":2}]})");
    unpriced.then(EventType::OrderPaid, R"({"amount":700})");
    QCOMPARE(makeReceipt(unpriced.events(), {})->subtotal, std::nullopt);
    QCOMPARE(makeReceipt(unpriced.events(), {})->total, 700);
}

void TestReceipts::hugeSumsAreLeftOut()
{
    OrderLife life(R"({"items":[{"name":"Gold","quantity":999,"unit_price":1000000000000,
      "modifiers":[{"name":"More","quantity":999,"unit_price":1000000000000}]}]})");
    life.then(EventType::OrderPaid, R"({"amount":-5})");
    const Result<Receipt> receipt = makeReceipt(life.events(), {});
    QCOMPARE(receipt->lines.front().total, std::nullopt);
    QVERIFY(!receiptText(receiptRows(*receipt, {}), 32).isEmpty());
}

void TestReceipts::aHoleIsSaid()
{
    std::vector<OrderEvent> events = sampleReceipts().back().events;
    events.erase(events.begin() + 1);
    QCOMPARE(makeReceipt(events, {}).error().code, ErrorCode::StorageFailed);
}

QTEST_GUILESS_MAIN(TestReceipts)
#include "test_receipts.moc"
