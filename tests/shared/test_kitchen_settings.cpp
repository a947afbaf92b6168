// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "shared/kitchen/kitchen_settings.h"
#include "shared/protocol/canonical_json.h"

#include <QJsonArray>
#include <QTest>

using namespace cf;
using namespace std::chrono_literals;

namespace {

QJsonObject json(const char *text)
{
    return parseJsonObject(text).value();
}

constexpr const char *bistro = R"({
  "v": 1,
  "stations": [
    {"id": "grill", "name": "Grill", "acknowledge_allergens": true, "alarm_after_s": 45},
    {"id": "fry"}],
  "routing": {"sku": {"BURG": "grill"}, "category": {"sides/hot": "fry"},
              "service_type": {"delivery": "fry"}},
  "ages": {"dine_in": {"warning_s": 700, "late_s": 1000}, "delivery": {"late_s": 1200}},
  "displays": [{"name": "grill-1", "role": "prep", "stations": ["grill"]},
               {"name": "pass", "role": "expo", "layout": "grid", "columns": 5, "rows": 3,
                "theme": "light", "text_percent": 125, "language": "ar", "volume_percent": 0,
                "repeat_sounds": false}, {"name": "spare"}],
  "combine_lines": false, "stagger_prep": true,
  "prep_times": {"sku": {"BURG": 360, "TEA": 0}, "category": {"sides/hot": 180}},
  "expo_waits_for_prep": false, "hold_courses": true, "colour": "of a newer version"})";

} // namespace

class TestKitchenSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsSaid()
    {
        const auto settings = settingsFromJson(json(bistro));
        QVERIFY2(settings, settings ? "" : qPrintable(settings.error().detail));
        QCOMPARE(settings->stations.size(), size_t(2));
        QCOMPARE(settings->station(u"grill")->alarmAfter, 45s);
        QVERIFY(settings->station(u"grill")->asksForAllergens);
        QCOMPARE(settings->station(u"fry")->name, QStringLiteral("fry"));
        QVERIFY(!settings->station(u"bar"));
        QCOMPARE(settings->routing.bySku.value("BURG"), QStringLiteral("grill"));
        QCOMPARE(settings->routing.byCategory.value("sides/hot"), QStringLiteral("fry"));
        QCOMPARE(settings->routing.byServiceType.at(ServiceType::Delivery), QStringLiteral("fry"));
        QCOMPARE(settings->ageLimits(ServiceType::DineIn), (AgeLimits{700s, 1000s}));
        QCOMPARE(settings->ageLimits(ServiceType::Delivery), (AgeLimits{300s, 1200s}));
        QCOMPARE(settings->display("pass").role, DisplayRole::Expo);
        QCOMPARE(settings->display("grill-1").stations, QStringList{"grill"});
        QVERIFY(!settings->expoWaitsForPrep);
        QVERIFY(settings->holdsCourses);
        const DisplaySettings pass = settings->display("pass");
        QCOMPARE(pass.look, (DisplayLook{BoardLayout::Grid, 5, 3, DisplayTheme::Light, 125, "ar"}));
        QCOMPARE(pass.sounds, (DisplaySounds{0, false}));
        QVERIFY(settings->staggersPrep && !settings->combinesLines);
        QCOMPARE(settings->prepTime("BURG", "sides/hot"), 360s);
        QCOMPARE(settings->prepTime("TEA", "sides/hot"), 0s);
        QCOMPARE(settings->prepTime("RINGS", "sides/hot"), 180s);
        QCOMPARE(settings->prepTime("RINGS", "drinks"), 0s);
    }

    void hasDefaults()
    {
        const auto settings = settingsFromJson({});
        QVERIFY(settings);
        QCOMPARE(*settings, KitchenSettings());
        QVERIFY(settings->expoWaitsForPrep);
        QCOMPARE(settings->ageLimits(std::nullopt), (AgeLimits{300s, 480s}));
        QCOMPARE(settings->ageLimits(ServiceType::Takeaway), (AgeLimits{300s, 480s}));
        QCOMPARE(settings->ageLimits(ServiceType::DineIn), (AgeLimits{600s, 900s}));
        QCOMPARE(settings->display("new"), (DisplaySettings{"new", DisplayRole::Prep, {}}));
    }

    void comesBackAsWritten()
    {
        const auto settings = settingsFromJson(json(bistro));
        QVERIFY(settings);
        const auto again = settingsFromJson(settingsToJson(*settings));
        QVERIFY(again);
        QCOMPARE(*again, *settings);
        const QString runner = displayRoleName(DisplayRole::Runner);
        QCOMPARE(displayRoleFromName(runner), std::optional(DisplayRole::Runner));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("pointer");
        const auto row = [](const char *text, const char *pointer) {
            QTest::newRow(pointer) << QString(text) << QString(pointer);
        };
        row(R"({"stations":{}})", "/stations");
        row(R"({"stations":[7]})", "/stations/0");
        row(R"({"stations":[{"name":"x"}]})", "/stations/0/id");
        row(R"({"stations":[{"id":"a"},{"id":"a"}]})", "/stations/1/id");
        row(R"({"stations":[{"id":"a","alarm_after_s":0}]})", "/stations/0/alarm_after_s");
        row(R"({"stations":[{"id":"a","acknowledge_allergens":1}]})",
            "/stations/0/acknowledge_allergens");
        row(R"({"routing":[]})", "/routing");
        row(R"({"routing":{"sku":{"B/1~":"grill"}}})", "/routing/sku/B~11~0");
        row(R"({"routing":{"category":{"x":7}}})", "/routing/category/x");
        row(R"({"stations":[{"id":"a"}],"routing":{"service_type":{"picnic":"a"}}})",
            "/routing/service_type/picnic");
        row(R"({"prep_times":7})", "/prep_times");
        row(R"({"prep_times":{"sku":{"B/1":-1}}})", "/prep_times/sku/B~11");
        row(R"({"displays":[{"name":"a","layout":"heap"}]})", "/displays/0/layout");
        row(R"({"displays":[{"name":"a","columns":13}]})", "/displays/0/columns");
        row(R"({"displays":[{"name":"a","rows":0}]})", "/displays/0/rows");
        row(R"({"displays":[{"name":"a","theme":"pink"}]})", "/displays/0/theme");
        row(R"({"displays":[{"name":"a","text_percent":74}]})", "/displays/0/text_percent");
        row(R"({"displays":[{"name":"a","language":"tlh"}]})", "/displays/0/language");
        row(R"({"displays":[{"name":"a","volume_percent":101}]})", "/displays/0/volume_percent");
        row(R"({"displays":[{"name":"a","repeat_sounds":"no"}]})", "/displays/0/repeat_sounds");
        row(R"({"combine_lines":"yes"})", "/combine_lines");
        row(R"({"stagger_prep":1})", "/stagger_prep");
        row(R"({"ages":{"picnic":{}}})", "/ages/picnic");
        row(R"({"ages":{"dine_in":7}})", "/ages/dine_in");
        row(R"({"ages":{"dine_in":{"warning_s":1000}}})", "/ages/dine_in/late_s");
        row(R"({"ages":{"dine_in":{"late_s":100000}}})", "/ages/dine_in/late_s");
        row(R"({"displays":[{}]})", "/displays/0/name");
        row(R"({"displays":[{"name":"a"},{"name":"a"}]})", "/displays/1/name");
        row(R"({"displays":[{"name":"a","role":"chef"}]})", "/displays/0/role");
        row(R"({"displays":[{"name":"a","stations":["x"]}]})", "/displays/0/stations/0");
        row(R"({"hold_courses":"yes"})", "/hold_courses");
    }

    void saysWhatIsWrong()
    {
        QFETCH(QString, text);
        QFETCH(QString, pointer);
        const auto settings = settingsFromJson(json(text.toUtf8().constData()));
        QVERIFY2(!settings, "expected a refusal");
        QCOMPARE(settings.error().code, ErrorCode::ValidationFailed);
        QCOMPARE(settings.error().fields.front().pointer, pointer);
        QVERIFY2(settings.error().detail.startsWith(pointer), qPrintable(settings.error().detail));
    }

    void isBounded()
    {
        QJsonObject rules;
        for (int i = 0; i <= limits::routingRulesMax; ++i)
            rules.insert(QString::number(i), "a");
        QJsonObject settings{{"stations", QJsonArray{QJsonObject{{"id", "a"}}}},
                             {"routing", QJsonObject{{"sku", rules}}}};
        const auto many = settingsFromJson(settings);
        QVERIFY(!many);
        QCOMPARE(many.error().fields.front().pointer, QStringLiteral("/routing/sku"));
        settings.insert("routing", QJsonObject{{"sku", QJsonObject{{QString(1'000, u'x'), "a"}}}});
        const auto longName = settingsFromJson(settings);
        QVERIFY(!longName);
        QVERIFY(longName.error().fields.front().pointer.size() < 300);
    }
};

QTEST_GUILESS_MAIN(TestKitchenSettings)
#include "test_kitchen_settings.moc"
