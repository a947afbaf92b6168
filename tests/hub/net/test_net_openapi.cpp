// SPDX-License-Identifier: Apache-2.0
#include "hub/net/router.h"
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

namespace {

// As the description names who may; see auth.h.
QString rolesOf(Permission permission)
{
    switch (permission) {
    case Permission::Anyone: return "nobody needs a token";
    case Permission::Orders: return "counter, integration, manager";
    case Permission::Events: return "every role";
    case Permission::Kitchen: return "kitchen, manager";
    case Permission::Manager: return "manager";
    }
    return "?";
}

QString keyOf(const QString &method, QString path)
{
    path.replace(QRegularExpression("\\{[^/]+\\}"), "*");
    return method.toUpper() + ' ' + path;
}

} // namespace

// That the answers are as described is tests/e2e/check_openapi.py's to say.
class TestNetOpenApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyRouteIsDescribed();
    void everythingDescribedIsThere();
    void whoMayIsAsTheRouterSays();
    void everyReferenceLeadsSomewhere();
    void isServedWithAnEtag();

private:
    QJsonValue m_description;
    QMap<QString, QJsonObject> m_operations; // "GET /v1/orders/*" -> operation
};

void TestNetOpenApi::initTestCase()
{
    const NetKit kit;
    m_description = jsonOf(ask(kit.port(), getText("/v1/openapi.json")));
    QVERIFY(m_description.isObject());
    QCOMPARE(m_description["openapi"].toString(), "3.1.0");
    QCOMPARE(m_description["info"]["version"].toString(), CF_VERSION);
    const QJsonObject paths = m_description["paths"].toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        const QJsonObject methods = path.value().toObject();
        for (auto method = methods.begin(); method != methods.end(); ++method)
            m_operations.insert(keyOf(method.key(), path.key()), method.value().toObject());
    }
}

void TestNetOpenApi::everyRouteIsDescribed()
{
    QStringList missing;
    for (const Route &route : routeTable()) {
        if (!m_operations.contains(keyOf(route.method, route.path)))
            missing.append(keyOf(route.method, route.path));
    }
    QVERIFY2(missing.isEmpty(),
             qPrintable("describe in hub/web/openapi.json: " + missing.join(", ")));
}

void TestNetOpenApi::everythingDescribedIsThere()
{
    QSet<QString> routes;
    for (const Route &route : routeTable())
        routes.insert(keyOf(route.method, route.path));
    QSet<QString> ids;
    for (auto it = m_operations.cbegin(); it != m_operations.cend(); ++it) {
        QVERIFY2(routes.contains(it.key()), qPrintable(it.key() + " is no route"));
        const QString id = (*it)["operationId"].toString();
        QVERIFY2(!id.isEmpty() && !ids.contains(id), qPrintable(it.key()));
        ids.insert(id);
        QVERIFY2(!(*it)["summary"].toString().isEmpty(), qPrintable(it.key()));
        QVERIFY2(!(*it)["responses"].toObject().isEmpty(), qPrintable(it.key()));
        int inPath = 0;
        for (const QJsonValue &parameter : (*it)["parameters"].toArray())
            inPath += parameter["in"].toString() == "path" ? 1 : 0;
        QVERIFY2(inPath == it.key().count('*'), qPrintable(it.key()));
    }
}

void TestNetOpenApi::whoMayIsAsTheRouterSays()
{
    for (const Route &route : routeTable()) {
        const QString key = keyOf(route.method, route.path);
        const QJsonObject operation = m_operations.value(key);
        QVERIFY2(operation["x-roles"].toString() == rolesOf(route.permission), qPrintable(key));
        const bool isGuarded = route.permission != Permission::Anyone;
        QVERIFY2(operation["security"].toArray().isEmpty() != isGuarded, qPrintable(key));
        for (const char *status : {"401", "403"})
            QVERIFY2(!isGuarded || operation["responses"].toObject().contains(QString(status)),
                     qPrintable(key));
    }
}

void TestNetOpenApi::everyReferenceLeadsSomewhere()
{
    const QString text = QString::fromUtf8(QJsonDocument(m_description.toObject()).toJson());
    auto references = QRegularExpression("\"\\$ref\": \"#/([^\"]+)\"").globalMatch(text);
    int found = 0;
    while (references.hasNext()) {
        QJsonValue at = m_description;
        const QString path = references.next().captured(1);
        for (const QString &step : path.split('/'))
            at = at[step];
        QVERIFY2(at.isObject(), qPrintable(path));
        ++found;
    }
    QVERIFY(found > 50);
}

void TestNetOpenApi::isServedWithAnEtag()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray answer = ask(kit.port(), getText("/v1/openapi.json"));
    QCOMPARE(statusOf(answer), 200);
    QCOMPARE(headerOf(answer, "content-type"), "application/json");
    const QByteArray etag = headerOf(answer, "etag");
    QCOMPARE(
        statusOf(ask(kit.port(), getText("/v1/openapi.json", "If-None-Match: " + etag + "\r\n"))),
        304);
}

QTEST_GUILESS_MAIN(TestNetOpenApi)
#include "test_net_openapi.moc"
