// SPDX-License-Identifier: Apache-2.0
// What people type never moves a printer, and never a column.
#include "hub/receipts/code_page.h"
#include "hub/receipts/columns.h"
#include "hub/receipts/money.h"
#include "tests/hub/receipts/receipt_kit.h"
#include "tests/support/seeded_random.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

namespace {

// Letters of all widths and kinds, and what hostile names are made of.
QString randomText(SeededRandom &random, int lengthMax)
{
    static constexpr char32_t alphabet[] =
        U"abcXYZ  0123456789-+.éñßаяあ漢字宫保한글ａ😀👨‍👩‍👧"
        U"شاورما؟עברית\u0301\u0308\u200d\u202e\u2068\u0000"
        U"\u001b\u0010\u0004\u0005\u0014\u001d\n\r\t\u0085"
        U"\u2028\u009b\ufeff";
    constexpr int count = static_cast<int>(std::size(alphabet)) - 1;
    QString text;
    const int length = random.below(lengthMax) + 1;
    for (int i = 0; i < length; ++i) {
        const char32_t c = alphabet[random.below(count)];
        text += QString::fromUcs4(&c, 1);
    }
    return text;
}

QString withoutSpaces(QString text)
{
    return text.remove(QLatin1Char(' ')).remove(QChar(0x2068)).remove(QChar(0x2069));
}

// Walks ESC/POS as a printer does, and says what it does not know. Empty: all is known.
QByteArray unknownCommand(const QByteArray &bytes)
{
    for (qsizetype i = 0; i < bytes.size();) {
        const auto at = [&](qsizetype offset) {
            return i + offset < bytes.size() ? static_cast<quint8>(bytes.at(i + offset)) : 0;
        };
        const quint8 c = at(0);
        if (c == '\n' || (c >= 0x20 && c != 0x7f)) {
            ++i;
        } else if (c == 0x1b && at(1) == '@') {
            i += 2;
        } else if (c == 0x1b && QByteArray("tadE").contains(static_cast<char>(at(1)))) {
            i += 3;
        } else if (c == 0x1d && (at(1) == '!' || at(1) == 'V')) {
            i += 3;
        } else if (c == 0x1d && at(1) == 'v' && at(2) == '0') {
            i += 8 + (at(4) + 256 * at(5)) * (at(6) + 256 * at(7));
        } else if (c == 0x1d && at(1) == '(' && at(2) == 'k') {
            i += 5 + at(3) + 256 * at(4);
        } else {
            return "at " + QByteArray::number(i) + ": " + bytes.mid(i, 16).toHex(' ');
        }
    }
    return {};
}

bool hasRealTimeCommand(const QByteArray &bytes)
{
    return bytes.contains("\x10\x04") || bytes.contains("\x10\x05") || bytes.contains("\x10\x14");
}

SampleReceipt hostile(SeededRandom &random)
{
    const auto named = [&](const char *rest) {
        return QJsonObject{{"name", randomText(random, 60) + rest}, {"quantity", 2}};
    };
    QJsonObject item = named("x");
    item["modifiers"] = QJsonArray{named("y"), named("z")};
    SampleReceipt sample = sampleReceipts().front();
    sample.events.front().payload["items"] = QJsonArray{item, named("q")};
    sample.events.front().payload["number"] = randomText(random, 20);
    sample.events.front().payload["customer"] = QJsonObject{{"name", randomText(random, 100)}};
    sample.events.back().payload["method"] = randomText(random, 30);
    sample.events.back().payload["reference"] = randomText(random, 100);
    sample.header.name = randomText(random, 50);
    sample.header.footer = {randomText(random, 50)};
    return sample;
}

} // namespace

class TestReceiptSafety : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printableHasNoControls();
    void wrappingKeepsAllAndFits();
    void pairsFitAndKeepTheirMargin();
    void hostileNamesAreOnlyText();
    void aHostilePictureHasNoCommands();
    void everyLineFitsItsPaper();
    void codePagesSayWhatTheyCan();
    void htmlIsEscaped();
    void moneyHasItsDecimals();
};

void TestReceiptSafety::printableHasNoControls()
{
    QCOMPARE(printableText("  a\x1b@\tb\r\n c \u202e"), "a @ b c");
    QCOMPARE(printableText(QString(QChar(0xd800)) + 'x'), QString(QChar(0xfffd)) + 'x');
    SeededRandom random(1);
    for (int i = 0; i < 2'000; ++i) {
        const QString text = printableText(randomText(random, 80));
        for (const char32_t c : text.toUcs4()) {
            QVERIFY(QChar::category(c) != QChar::Other_Control);
            QVERIFY(c != 0x202e && c != 0x2068 && c != 0x2028);
        }
        QCOMPARE(printableText(text), text);
    }
}

void TestReceiptSafety::wrappingKeepsAllAndFits()
{
    QCOMPARE(wrapped("one two three", 7), QStringList({"one two", "three"}));
    QCOMPARE(wrapped("", 7), QStringList({""}));
    QCOMPARE(wrapped("abcdefghij", 4), QStringList({"abcd", "efgh", "ij"}));
    QCOMPARE(wrapped("漢字漢字", 5), QStringList({"漢字", "漢字"}));
    SeededRandom random(2);
    for (int i = 0; i < 5'000; ++i) {
        const QString text = printableText(randomText(random, 120));
        const int width = 2 + random.below(47);
        const QStringList lines = wrapped(text, width);
        for (const QString &line : lines)
            QVERIFY2(columnsOf(line) <= width, qPrintable(line));
        QCOMPARE(withoutSpaces(lines.join(QString())), withoutSpaces(text));
    }
}

void TestReceiptSafety::pairsFitAndKeepTheirMargin()
{
    QCOMPARE(paired("Tea", "3.00", 12), QStringList({"Tea     3.00"}));
    QCOMPARE(paired("A very long tea", "3.00", 12), QStringList({"A very  3.00", "long", "tea"}));
    SeededRandom random(3);
    for (int i = 0; i < 5'000; ++i) {
        const QString left = printableText(randomText(random, 80));
        const QString right = printableText(randomText(random, 40));
        const int width = 10 + random.below(39);
        const QStringList lines = paired(left, right, width);
        QString all;
        for (const QString &line : lines) {
            QVERIFY2(columnsOf(line) <= width, qPrintable(line));
            all += line;
        }
        QCOMPARE(withoutSpaces(all).size(), withoutSpaces(left + right).size());
    }
}

void TestReceiptSafety::hostileNamesAreOnlyText()
{
    SeededRandom random(4);
    for (int i = 0; i < 300; ++i) {
        SampleReceipt sample = hostile(random);
        // Only what the code page has, so that it goes out as text.
        for (const CodePage page : {CodePage::Pc437, CodePage::Pc858, CodePage::Wpc1252}) {
            PaperOptions options;
            options.codePage = page;
            options.qr = i % 2 ? QrMode::Native : QrMode::Off;
            sample.events.front().payload["items"] = QJsonArray{
                QJsonObject{{"name", "A\x1b@\x10\x14\x01" + QString(QChar(0x9b)) + "5n\x1d(k"},
                            {"quantity", 1}}};
            sample.events.front().payload["number"] = "7\n\x1bp0";
            sample.events.front().payload["customer"] = QJsonObject{{"name", "\x1b\x1b"}};
            sample.events.back().payload["method"] = "\x10\x05\x01";
            sample.events.back().payload["reference"] = "\x1dV\x01";
            sample.header.name = QString::fromLatin1("Caf\xe9 \x1b"
                                                     "c");
            sample.header.footer = {};
            const Result<QByteArray> bytes = receiptEscPos(rowsOf(sample), options);
            QVERIFY(bytes);
            QVERIFY2(bytes->size() < 4'000, "was drawn");
            QCOMPARE(unknownCommand(*bytes), QByteArray());
            QVERIFY(!hasRealTimeCommand(*bytes));
            QCOMPARE(bytes->count("\x1b@"), 1);
            QCOMPARE(bytes->count("\x1dV"), 1);
        }
    }
}

void TestReceiptSafety::aHostilePictureHasNoCommands()
{
    SeededRandom random(5);
    for (int i = 0; i < 20; ++i) {
        const SampleReceipt sample = hostile(random);
        const Result<QByteArray> bytes = receiptEscPos(rowsOf(sample), {});
        QVERIFY2(bytes, qPrintable(bytes ? QString() : bytes.error().detail));
        QCOMPARE(unknownCommand(*bytes), QByteArray());
        QVERIFY(!hasRealTimeCommand(*bytes));
        QVERIFY(receiptPdf(rowsOf(sample), "x", "en", {}));
    }
}

void TestReceiptSafety::everyLineFitsItsPaper()
{
    SeededRandom random(6);
    for (int i = 0; i < 500; ++i) {
        const Rows rows = rowsOf(hostile(random));
        for (const int columns : paperColumns) {
            for (const QByteArray &line : receiptText(rows, columns).split('\n')) {
                QVERIFY2(columnsOf(QString::fromUtf8(line)) <= columns, line.constData());
            }
        }
    }
}

void TestReceiptSafety::codePagesSayWhatTheyCan()
{
    QCOMPARE(encoded("€5", CodePage::Wpc1252), QByteArray("\x80"
                                                          "5"));
    QCOMPARE(encoded("€5", CodePage::Pc858), QByteArray("\xd5"
                                                        "5"));
    QCOMPARE(encoded("€5", CodePage::Pc850), std::nullopt);
    QCOMPARE(encoded(QString(QChar(0x131)), CodePage::Pc858), std::nullopt);
    QCOMPARE(encoded("Чай", CodePage::Pc866)->size(), 3);
    QCOMPARE(encoded("2 × “x”", CodePage::Pc437), QByteArray("2 x \"x\""));
    QCOMPARE(encoded("漢", CodePage::Wpc1252), std::nullopt);
    QCOMPARE(encoded("שלום", CodePage::Wpc1252), std::nullopt);
    QCOMPARE(encoded("a\nb", CodePage::Pc437), std::nullopt);
    for (const auto page : {CodePage::Raster, CodePage::Pc852})
        QCOMPARE(codePageFromName(QString(codePageName(page))), page);
    QVERIFY(isPaperColumns(42) && !isPaperColumns(40));
}

void TestReceiptSafety::htmlIsEscaped()
{
    SampleReceipt sample = sampleReceipts().front();
    sample.events.front().payload["customer"] =
        QJsonObject{{"name", "<script>alert('x')</script>\"&"}};
    sample.marks.trackerUrl = "http://x/\"><b>";
    const QByteArray html = receiptHtml(rowsOf(sample), "<i>", "\"en");
    QVERIFY(!html.contains("<script") && !html.contains("<b>") && !html.contains("<i>"));
    QVERIFY(html.contains("&lt;script&gt;"));
    QVERIFY(!html.contains("style="));
}

void TestReceiptSafety::moneyHasItsDecimals()
{
    QCOMPARE(moneyText(950, u"EUR", u"en"), "9.50");
    QCOMPARE(moneyText(5, u"EUR", u"es"), "0,05");
    QCOMPARE(moneyText(950, u"JPY", u"en"), "950");
    QCOMPARE(moneyText(950, u"KWD", u"ar"), "0.950");
    QCOMPARE(moneyText(-123'456'789, u"USD", u"en"), "-1,234,567.89");
    QCOMPARE(moneyText(123'456, u"USD", u"en"), "1234.56");
    QCOMPARE(moneyText(std::numeric_limits<qint64>::min(), u"JPY", u"en"),
             "-9,223,372,036,854,775,808");
    QCOMPARE(rateText(6'875, u"en"), "6.875 %");
    QCOMPARE(rateText(21'000, u"es"), "21 %");
    QCOMPARE(rateText(5'500, u"es"), "5,5 %");
}

QTEST_GUILESS_MAIN(TestReceiptSafety)
#include "test_receipt_safety.moc"
