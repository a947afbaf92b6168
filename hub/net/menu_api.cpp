// SPDX-License-Identifier: Apache-2.0
// The menu as a table: in and out of a spreadsheet.
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/settings/menu_changes.h"
#include "hub/settings/menu_csv.h"
#include "hub/settings/restaurant.h"
#include "shared/protocol/canonical_json.h"

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

const QByteArray menuName = QByteArrayLiteral("menu");

QJsonObject documentJson(const OrderHub &hub, const QByteArray &name)
{
    const Result<QJsonObject> json = parseJsonObject(hub.document(name).body);
    return json ? *json : QJsonObject(); // nothing was said of it yet
}

Menu menuOf(const OrderHub &hub)
{
    const Result<Menu> menu = menuFromJson(documentJson(hub, menuName));
    return menu ? *menu : Menu();
}

QString currencyOf(const OrderHub &hub)
{
    const Result<Restaurant> restaurant =
        restaurantFromJson(documentJson(hub, QByteArrayLiteral("restaurant")));
    return restaurant ? restaurant->currency : Restaurant().currency;
}

// A browser names its Origin, and must say CSV, which no form of another site can.
bool isCsv(const HttpRequest &request)
{
    const QByteArray header = request.header("content-type").toLower();
    const QByteArray type = header.split(';').first().trimmed();
    return type == "text/csv"
           || (request.header("origin").isEmpty()
               && (type.isEmpty() || type == "text/plain"
                   || type == "application/x-www-form-urlencoded"));
}

struct Import {
    Menu menu;
    QJsonObject told; // what it changes
    qint64 basedOn = 0;
    bool isDryRun = false;
};

Result<Import> parseImport(const OrderHub &hub, const HttpRequest &request)
{
    if (!isCsv(request))
        return Error{ErrorCode::UnsupportedMediaType,
                     QStringLiteral("send Content-Type: text/csv")};
    Result<MenuTable> table = menuFromCsv(request.body, currencyOf(hub));
    if (!table)
        return table.error();
    Import import;
    import.basedOn = hub.document(menuName).rev;
    import.isDryRun = request.parameter("dry_run").value_or("0") == "1";
    if (const auto rev = request.parameter("rev")) {
        bool isNumber = false;
        import.basedOn = rev->toLongLong(&isNumber);
        if (!isNumber || import.basedOn < 0)
            return Error{ErrorCode::BadRequest, QStringLiteral("rev must be a number")};
    }
    import.told = menuChanges(menuOf(hub), table->menu);
    import.told.insert(L1("ignored_columns"), QJsonArray::fromStringList(table->ignored));
    import.told.insert(L1("dry_run"), import.isDryRun);
    import.menu = std::move(table->menu);
    return import;
}

HttpResponse importResponse(const Answer &answer, QJsonObject told)
{
    if (answer.outcome == Outcome::Refused)
        return problemResponse(answer.error);
    const Result<QJsonObject> body = parseJsonObject(answer.body);
    told.insert(L1("rev"), body ? body->value(L1("rev")) : QJsonValue());
    return jsonResponse(canonicalJson(told));
}

} // namespace

// {rev, dry_run, items, categories, modifier_groups, ignored_columns}; see menuChanges(). ?rev= is
// the revision that was looked at, as in PUT; ?dry_run=1 changes nothing.
void postMenuImport(Services &services, const ExchangePtr &exchange)
{
    Result<Import> import = parseImport(services.backend.hub(), exchange->request);
    if (!import) {
        exchange->reply(problemResponse(import.error()));
        return;
    }
    if (import->isDryRun) {
        import->told.insert(L1("rev"), services.backend.hub().document(menuName).rev);
        exchange->reply(jsonResponse(canonicalJson(import->told)));
        return;
    }
    ChangeSettings change{menuName, canonicalJson(menuToJson(import->menu)), import->basedOn};
    Request request{std::move(change), actorOf(exchange->caller, exchange->request)};
    const bool queued = services.backend.submit(
        std::move(request), [exchange, told = import->told](const Answer &answer) {
            exchange->reply(importResponse(answer, told));
        });
    if (!queued)
        exchange->reply(problemResponse(ErrorCode::Unavailable, {}));
}

// ?delimiter=semicolon for spreadsheets of countries that write decimals with a comma.
void getMenuExport(Services &services, const ExchangePtr &exchange)
{
    const OrderHub &hub = services.backend.hub();
    const bool isSemicolon =
        exchange->request.parameter("delimiter").value_or(QByteArray()) == "semicolon";
    QByteArray csv = menuToCsv(menuOf(hub), currencyOf(hub), isSemicolon ? u';' : u',');
    exchange->reply(textResponse(std::move(csv), "text/csv; charset=utf-8")
                        .with("Content-Disposition", "attachment; filename=\"menu.csv\""));
}

} // namespace cf::hub
