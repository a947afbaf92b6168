// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/parquet.h"

#include "hub/reports/report_limits.h"
#include "hub/reports/report_text.h"
#include "shared/order/fields.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

constexpr int exitNotInstalled = 3; // see hub/parquet/main.cpp

// About what was asked for: nothing is wrong with the hub, and asking again helps nobody.
Error notInstalled(const QString &why)
{
    return invalidFields(
        {{QStringLiteral("/format"),
          QStringLiteral("parquet needs DuckDB, which is not installed with this hub: csv and json "
                         "work without it, packaging/install-duckdb installs it. %1")
              .arg(why.simplified())
              .trimmed()}});
}

Error failed(const QString &why)
{
    return {ErrorCode::Internal, QStringLiteral("counterfire-parquet: ") + why.simplified()};
}

QStringList arguments(const Table &table, const QString &from, const QString &to)
{
    QStringList list{from, to};
    for (const Column &column : table.columns)
        list.append(L1(column.name) + QLatin1Char(':') + cellTypeName(column.type));
    return list;
}

Status writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    const bool done =
        file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush();
    return done ? ok() : Status(failed(file.errorString()));
}

Status runTool(const QString &tool, const QStringList &arguments)
{
    QProcess process;
    process.start(tool, arguments, QIODevice::ReadOnly);
    if (!process.waitForStarted())
        return failed(process.errorString());
    if (!process.waitForFinished(static_cast<int>(report_limits::parquetTimeMax.count()))) {
        process.kill();
        process.waitForFinished();
        return failed(QStringLiteral("took too long"));
    }
    const QString said =
        QString::fromUtf8(process.readAllStandardError().left(report_limits::parquetErrorBytesMax));
    if (process.exitStatus() != QProcess::NormalExit)
        return failed(QStringLiteral("crashed"));
    if (process.exitCode() == exitNotInstalled)
        return notInstalled(said);
    return process.exitCode() == 0 ? ok() : Status(failed(said));
}

} // namespace

Result<QByteArray> tableToParquet(const Table &table, const QString &tool)
{
    if (!QFileInfo(tool).isExecutable())
        return notInstalled(tool.isEmpty() ? QString() : tool + QStringLiteral(" is not there"));
    const QTemporaryDir dir;
    if (!dir.isValid())
        return failed(dir.errorString());
    const QString from = dir.filePath(QStringLiteral("table.csv"));
    const QString to = dir.filePath(QStringLiteral("table.parquet"));
    Status done = writeFile(from, tableToCsv(table, CsvFor::Programs));
    if (done)
        done = runTool(tool, arguments(table, from, to));
    if (!done)
        return done.error();
    QFile file(to);
    if (!file.open(QIODevice::ReadOnly))
        return failed(file.errorString());
    return file.readAll();
}

} // namespace cf::hub
