// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/menu_csv.h"

#include "hub/settings/csv_table.h"
#include "hub/settings/menu_columns.h"
#include "hub/settings/money_text.h"
#include "hub/settings/settings_limits.h"
#include "shared/order/fields.h"

#include <QHash>
#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <utility>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

// Of a menu, its rows and the largest table that can make it.
constexpr CsvBounds menuBounds{limits::menuCategoriesMax
                                   + limits::menuGroupsMax * (1 + limits::menuModifiersPerGroupMax)
                                   + limits::menuItemsMax,
                               64};

// The document that a table makes, and which line said what.
class TableReader
{
public:
    explicit TableReader(const QString &currency) : m_currency(currency) { }

    Result<MenuTable> read(const std::vector<CsvRow> &rows)
    {
        if (rows.empty())
            fail(1, {}, QStringLiteral("is missing: the first line names the columns"));
        else
            readTitles(rows.front());
        if (!m_errors.empty())
            return invalidFields(std::move(m_errors));
        noteIds(rows);
        for (size_t i = 1; i < rows.size(); ++i)
            readRow(rows.at(i));
        Result<Menu> menu = menuFromJson(document());
        if (!menu) {
            for (const FieldError &error : menu.error().fields)
                translate(error);
        }
        if (!m_errors.empty())
            return invalidFields(bounded());
        return MenuTable{std::move(*menu), m_ignored};
    }

private:
    struct Group {
        QJsonObject json;
        QJsonArray options;
    };

    void fail(int line, const QString &column, const QString &detail)
    {
        const QString at =
            QStringLiteral("/lines/%1").arg(line) + (column.isEmpty() ? QString() : u'/' + column);
        const QString where =
            QStringLiteral("line %1").arg(line)
            + (column.isEmpty() ? QString() : QStringLiteral(", column ") + column);
        m_errors.push_back({at, where + QStringLiteral(": ") + detail});
    }

    void readTitles(const CsvRow &row)
    {
        m_titles = row.cells.size();
        for (qsizetype i = 0; i < row.cells.size(); ++i) {
            const QString title = unguardedCell(row.cells.at(i)).trimmed();
            const QString column = menuColumnOf(title);
            if (column.isEmpty() && !title.isEmpty())
                m_ignored.append(title.left(limits::nameLengthMax));
            if (!column.isEmpty() && m_columns.contains(column))
                fail(row.line, column, QStringLiteral("is there twice"));
            if (!column.isEmpty())
                m_columns.insert(column, i);
        }
        if (!m_columns.contains(QStringLiteral("name")))
            fail(row.line, QStringLiteral("name"),
                 QStringLiteral("is missing; the first line names the columns"));
    }

    // SKUs that were given, so that none is made that is one of them.
    void noteIds(const std::vector<CsvRow> &rows)
    {
        for (size_t i = 1; i < rows.size(); ++i)
            m_skus.insert(cell(rows.at(i), L1("id")));
    }

    [[nodiscard]] QString cell(const CsvRow &row, L1 column) const
    {
        const qsizetype at = m_columns.value(column, -1);
        return at < 0 ? QString() : unguardedCell(row.cells.value(at).trimmed());
    }

    void readRow(const CsvRow &row)
    {
        const QString type = cell(row, L1("type")).toLower();
        if (hasMore(row))
            fail(row.line, {}, QStringLiteral("has more cells than the first line has columns"));
        else if (type.isEmpty() || type == L1("item"))
            readItem(row);
        else if (type == L1("category"))
            readCategory(row);
        else if (type == L1("group"))
            readGroup(row);
        else if (type == L1("option"))
            readOption(row);
        else
            fail(row.line, QStringLiteral("type"),
                 QStringLiteral("must be item, category, group or option"));
    }

    // Cells at the end that hold nothing are what spreadsheets leave behind.
    [[nodiscard]] bool hasMore(const CsvRow &row) const
    {
        for (qsizetype i = m_titles; i < row.cells.size(); ++i) {
            if (!row.cells.at(i).trimmed().isEmpty())
                return true;
        }
        return false;
    }

    void readCategory(const CsvRow &row)
    {
        QJsonObject json{{L1("id"), cell(row, L1("id"))}, {L1("name"), cell(row, L1("name"))}};
        if (json.value(L1("id")).toString().isEmpty())
            json.insert(L1("id"), json.value(L1("name")));
        insertNumber(json, row, L1("sort"));
        m_sources.insert(QStringLiteral("/categories/%1").arg(m_categories.size()), row.line);
        m_categoryIds.insert(json.value(L1("id")).toString());
        m_categories.append(json);
    }

    // A group's place in the document; made when it is named first, by its row or by an option's.
    qsizetype groupAt(const QString &id, int line)
    {
        const auto known = m_groupIds.constFind(id);
        if (known != m_groupIds.constEnd())
            return *known;
        const auto at = static_cast<qsizetype>(m_groups.size());
        m_groupIds.insert(id, at);
        m_groups.push_back({QJsonObject{{L1("id"), id}}, {}});
        m_sources.insert(QStringLiteral("/modifier_groups/%1").arg(at), line);
        return at;
    }

    void readGroup(const CsvRow &row)
    {
        const QString id = cell(row, L1("id"));
        const qsizetype at = groupAt(id, row.line);
        QJsonObject &json = m_groups.at(static_cast<size_t>(at)).json;
        if (json.contains(L1("name")))
            fail(row.line, QStringLiteral("id"), QStringLiteral("is used twice"));
        json.insert(L1("name"), cell(row, L1("name")));
        insertNumber(json, row, L1("min"));
        insertNumber(json, row, L1("max"));
        m_sources.insert(QStringLiteral("/modifier_groups/%1").arg(at), row.line);
    }

    void readOption(const CsvRow &row)
    {
        const qsizetype group = groupAt(cell(row, L1("id")), row.line);
        QJsonArray &options = m_groups.at(static_cast<size_t>(group)).options;
        QJsonObject json{{L1("name"), cell(row, L1("name"))}};
        insertPrice(json, row);
        insertSoldOut(json, row);
        m_sources.insert(
            QStringLiteral("/modifier_groups/%1/modifiers/%2").arg(group).arg(options.size()),
            row.line);
        options.append(json);
    }

    void readItem(const CsvRow &row)
    {
        const QString name = cell(row, L1("name"));
        const QString sku = cell(row, L1("id"));
        const QString category = cell(row, L1("category"));
        QJsonObject json{{L1("sku"), sku.isEmpty() ? madeSku(name) : sku},
                         {L1("name"), name},
                         {L1("category"), category},
                         {L1("station"), cell(row, L1("station"))},
                         {L1("allergens"), listOf(row, L1("allergens"))},
                         {L1("modifier_groups"), listOf(row, L1("groups"))}};
        insertPrice(json, row);
        insertSoldOut(json, row);
        insertNumber(json, row, L1("sort"));
        m_sources.insert(QStringLiteral("/items/%1").arg(m_items.size()), row.line);
        m_items.append(json);
        if (!category.isEmpty() && !m_wanted.contains(category))
            m_wanted.append(category);
    }

    QString madeSku(const QString &name)
    {
        QString base;
        for (const QChar c : name.toUpper()) {
            if (c.isLetterOrNumber())
                base.append(c);
            else if (!base.isEmpty() && !base.endsWith(u'-'))
                base.append(u'-');
        }
        base = base.left(40);
        while (base.endsWith(u'-'))
            base.chop(1);
        if (base.isEmpty())
            base = QStringLiteral("ITEM");
        QString sku = base;
        int &suffix = m_suffixes[base];
        for (suffix = std::max(suffix, 1); m_skus.contains(sku); ++suffix)
            sku = QStringLiteral("%1-%2").arg(base).arg(suffix + 1);
        m_skus.insert(sku);
        return sku;
    }

    [[nodiscard]] QJsonArray listOf(const CsvRow &row, L1 column) const
    {
        QString text = cell(row, column);
        text.replace(u',', u'|').replace(u';', u'|');
        QJsonArray list;
        for (const QString &one : text.split(u'|')) {
            if (!one.trimmed().isEmpty())
                list.append(one.trimmed());
        }
        return list;
    }

    void insertNumber(QJsonObject &json, const CsvRow &row, L1 column)
    {
        const QString text = cell(row, column);
        if (text.isEmpty())
            return;
        bool isNumber = false;
        const int number = text.toInt(&isNumber);
        if (isNumber)
            json.insert(column, number);
        else
            fail(row.line, column, QStringLiteral("must be a whole number"));
    }

    void insertPrice(QJsonObject &json, const CsvRow &row)
    {
        const QString text = cell(row, L1("price"));
        if (text.isEmpty())
            return;
        const std::optional<qint64> price = moneyFromText(text, m_currency);
        if (price)
            json.insert(L1("price"), *price);
        else
            fail(row.line, QStringLiteral("price"),
                 QStringLiteral("must be an amount such as %1").arg(moneyText(1050, m_currency)));
    }

    void insertSoldOut(QJsonObject &json, const CsvRow &row)
    {
        static const QStringList yes = {QStringLiteral("yes"), QStringLiteral("y"),
                                        QStringLiteral("true"), QStringLiteral("1"),
                                        QStringLiteral("x")};
        static const QStringList no = {QString(), QStringLiteral("no"), QStringLiteral("n"),
                                       QStringLiteral("false"), QStringLiteral("0")};
        const QString text = cell(row, L1("sold_out")).toLower();
        if (!yes.contains(text) && !no.contains(text))
            fail(row.line, QStringLiteral("sold_out"), QStringLiteral("must be yes or no"));
        json.insert(L1("sold_out"), yes.contains(text));
    }

    QJsonObject document()
    {
        for (const QString &id : std::as_const(m_wanted)) {
            if (m_categoryIds.contains(id))
                continue;
            // What is wrong with its name is told of the item that named it.
            m_sources.insert(QStringLiteral("/categories/%1").arg(m_categories.size()), 0);
            m_categories.append(QJsonObject{{L1("id"), id}});
        }
        QJsonArray groups;
        for (Group &group : m_groups) {
            group.json.insert(L1("modifiers"), group.options);
            groups.append(group.json);
        }
        return {{L1("categories"), m_categories},
                {L1("modifier_groups"), groups},
                {L1("items"), m_items}};
    }

    // From where it is in the document to where it is in the table.
    void translate(const FieldError &error)
    {
        QString at = error.pointer;
        QString member;
        while (!at.isEmpty() && !m_sources.contains(at)) {
            member = at.mid(at.lastIndexOf(u'/') + 1);
            at.truncate(at.lastIndexOf(u'/'));
        }
        if (at.isEmpty())
            fail(1, {}, error.pointer + u' ' + error.detail);
        else if (const int line = m_sources.value(at); line > 0)
            fail(line, menuColumnOf(member), error.detail);
    }

    [[nodiscard]] std::vector<FieldError> bounded()
    {
        const auto count = static_cast<int>(m_errors.size());
        if (count > limits::importErrorsMax) {
            m_errors.resize(static_cast<size_t>(limits::importErrorsMax));
            m_errors.push_back(
                {QStringLiteral("/lines"),
                 QStringLiteral("and %1 more mistakes").arg(count - limits::importErrorsMax)});
        }
        return std::move(m_errors);
    }

    QString m_currency;
    QHash<QString, qsizetype> m_columns;
    qsizetype m_titles = 0;
    QStringList m_ignored;
    QSet<QString> m_skus;
    QHash<QString, int> m_suffixes; // the last one tried for a made SKU
    QSet<QString> m_categoryIds;
    QStringList m_wanted; // categories that items named, first come first
    QHash<QString, qsizetype> m_groupIds;
    QJsonArray m_categories;
    std::vector<Group> m_groups;
    QJsonArray m_items;
    QHash<QString, int> m_sources; // pointer -> line; 0: said elsewhere too
    std::vector<FieldError> m_errors;
};

} // namespace

Result<MenuTable> menuFromCsv(QByteArrayView bytes, const QString &currency)
{
    const Result<std::vector<CsvRow>> rows = parseCsv(bytes, menuBounds);
    if (!rows)
        return rows.error();
    return TableReader(currency).read(*rows);
}

} // namespace cf::hub
