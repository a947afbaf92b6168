// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/settings_limits.h"
#include "hub/settings/staff.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cf;
using namespace cf::hub;

namespace {

class CountingRandom final : public Random
{
public:
    void fill(std::span<quint8> bytes) override
    {
        for (quint8 &byte : bytes)
            byte = m_next++;
    }

private:
    quint8 m_next = 1;
};

// As long as a real one, and different for what is different.
QByteArray fakeHash(QByteArrayView pin, QByteArrayView salt)
{
    return (salt.first(8).toByteArray() + pin.toByteArray().toHex()).leftJustified(64, '0');
}

QJsonObject parsed(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

class TestStaff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void peopleAreAddedChangedAndRemoved();
    void sessionsEndWithWhatTheyWereFor();
    void noTwoHaveOnePin();
    void everyMistakeIsNamed_data();
    void everyMistakeIsNamed();
    void aManagersPinIsLonger();
    void whatIsShownGivesNothingAway();
    void comesBackAsStored();
    void aDamagedOneIsNotTaken();

private:
    Result<Staff> edit(const Staff &staff, const QByteArray &json);

    CountingRandom m_random;
    Timestamp m_now{};
};

void TestStaff::init()
{
    m_random = {};
    m_now = Timestamp(std::chrono::milliseconds(1'000));
}

Result<Staff> TestStaff::edit(const Staff &staff, const QByteArray &json)
{
    const auto edits = staffEditsFromJson(parsed(json));
    if (!edits)
        return edits.error();
    return editStaff(staff, *edits, {fakeHash, m_random, m_now});
}

QStringList pointersOf(const Error &error)
{
    QStringList pointers;
    for (const FieldError &field : error.fields)
        pointers.append(field.pointer);
    return pointers;
}

constexpr const char *anaAndBo = R"({"people":[
    {"name":"Ana","role":"counter","pin":"1234"},{"name":"Bo","role":"kitchen"}]})";

QByteArray edits(const Staff &staff, const QByteArray &ofTheFirst)
{
    return R"({"people":[{"id":")" + staff.people.at(0).id.toLatin1() + R"(",)" + ofTheFirst
           + "}]}";
}

} // namespace

void TestStaff::peopleAreAddedChangedAndRemoved()
{
    const Result<Staff> first = edit({}, anaAndBo);
    QVERIFY(first.has_value());
    QCOMPARE(first->people.size(), 2U);
    QVERIFY(first->people.at(0).id != first->people.at(1).id);
    QCOMPARE(first->withPin(fakeHash("1234", first->salt)), &first->people.at(0));
    QCOMPARE(first->withPin(fakeHash("4321", first->salt)), nullptr);
    QVERIFY2(first->people.at(1).pinHash.isEmpty(), "without a PIN there is no way in");
    QCOMPARE(first->withPin(QByteArray()), nullptr);

    const Result<Staff> second = edit(*first, edits(*first, R"("name":"Anna","role":"counter")"));
    QVERIFY(second.has_value());
    QCOMPARE(second->people.size(), 1U);
    QCOMPARE(second->people.at(0).name, "Anna");
    QCOMPARE(second->people.at(0).pinHash, first->people.at(0).pinHash);
    QCOMPARE(second->salt, first->salt);
}

void TestStaff::sessionsEndWithWhatTheyWereFor()
{
    const Result<Staff> first = edit({}, anaAndBo);
    const Timestamp then = m_now;
    m_now += std::chrono::seconds(5);
    const auto from = [&](const QByteArray &change) {
        const Result<Staff> after = edit(*first, edits(*first, change));
        return after ? after->people.at(0).sessionsFrom : Timestamp();
    };
    QCOMPARE(from(R"("name":"Other","role":"counter")"), then);
    QCOMPARE(from(R"("name":"Ana","role":"counter","pin":"1234")"), then); // the same again
    QCOMPARE(from(R"("name":"Ana","role":"counter","pin":"9876")"), m_now);
    QCOMPARE(from(R"("name":"Ana","role":"kitchen")"), m_now);
    QCOMPARE(from(R"("name":"Ana","role":"counter","end_sessions":true)"), m_now);
}

void TestStaff::noTwoHaveOnePin()
{
    const Result<Staff> both = edit({}, R"({"people":[{"name":"A","role":"counter","pin":"1234"},
        {"name":"B","role":"counter","pin":"1234"}]})");
    QVERIFY(!both);
    QCOMPARE(pointersOf(both.error()), QStringList{"/people/1/pin"});
    QVERIFY2(!both.error().detail.contains("1234"), "a PIN is in no message");
}

void TestStaff::everyMistakeIsNamed_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const char *json, const char *pointer) {
        QTest::newRow(name) << QByteArray(json) << QString::fromLatin1(pointer);
    };
    row("no name", R"({"people":[{"role":"counter"}]})", "/people/0/name");
    row("no role", R"({"people":[{"name":"A"}]})", "/people/0/role");
    row("unknown role", R"({"people":[{"name":"A","role":"owner"}]})", "/people/0/role");
    row("short", R"({"people":[{"name":"A","role":"counter","pin":"123"}]})", "/people/0/pin");
    row("long", R"({"people":[{"name":"A","role":"counter","pin":"1234567890123"}]})",
        "/people/0/pin");
    row("letters", R"({"people":[{"name":"A","role":"counter","pin":"12ab"}]})", "/people/0/pin");
    row("other digits", R"({"people":[{"name":"A","role":"counter","pin":"١٢٣٤"}]})",
        "/people/0/pin");
    row("a number", R"({"people":[{"name":"A","role":"counter","pin":1234}]})", "/people/0/pin");
    row("short for a manager", R"({"people":[{"name":"A","role":"manager","pin":"12345"}]})",
        "/people/0/pin");
    row("nobody's id", R"({"people":[{"id":"0123456789abcdef","name":"A","role":"counter"}]})",
        "/people/0/id");
    row("no object", R"({"people":["A"]})", "/people/0");
    row("no list", R"({"people":{}})", "/people");
    row("id twice", R"({"people":[{"id":"a","name":"A","role":"counter"},
        {"id":"a","name":"A","role":"counter"}]})",
        "/people/1/id");
}

void TestStaff::everyMistakeIsNamed()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, pointer);
    const Result<Staff> staff = edit({}, json);
    QVERIFY(!staff);
    QCOMPARE(pointersOf(staff.error()), QStringList{pointer});
}

void TestStaff::aManagersPinIsLonger()
{
    const Result<Staff> first = edit({}, anaAndBo);
    const auto promoted = [&](const QByteArray &change) {
        return edit(*first, edits(*first, change));
    };
    const Result<Staff> short4 = promoted(R"("name":"Ana","role":"manager")");
    QVERIFY2(!short4, "a PIN of four digits must not come to open everything");
    QCOMPARE(pointersOf(short4.error()), QStringList{"/people/0/pin"});
    QVERIFY(promoted(R"("name":"Ana","role":"manager","pin":"123456")").has_value());
}

void TestStaff::whatIsShownGivesNothingAway()
{
    const Result<Staff> staff = edit({}, anaAndBo);
    const QByteArray shown = QJsonDocument(staffShown(staffToJson(*staff))).toJson();
    QVERIFY(!shown.contains(staff->salt));
    QVERIFY(!shown.contains(staff->people.at(0).pinHash));
    const QJsonObject ana = parsed(shown).value("people").toArray().at(0).toObject();
    QCOMPARE(ana.keys(), (QStringList{"has_pin", "id", "name", "role"}));
    QVERIFY(ana.value("has_pin").toBool());
}

void TestStaff::comesBackAsStored()
{
    const Result<Staff> staff = edit({}, anaAndBo);
    const Result<Staff> again = staffFromJson(staffToJson(*staff));
    QVERIFY(again.has_value());
    QVERIFY(*again == *staff);
    QVERIFY(*staffFromJson({}) == Staff());
}

void TestStaff::aDamagedOneIsNotTaken()
{
    for (const char *json :
         {R"({"salt":"xyz"})", R"({"people":[{"id":"1","name":"A","role":"counter"}]})",
          R"({"people":[{"name":"A","role":"counter","pin_hash":"ABC"}]})"})
        QVERIFY2(!staffFromJson(parsed(json)), json);
}

QTEST_APPLESS_MAIN(TestStaff)
#include "test_staff.moc"
