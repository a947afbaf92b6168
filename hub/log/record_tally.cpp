// SPDX-License-Identifier: Apache-2.0
#include "hub/log/record_tally.h"

#include "hub/log/database.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <initializer_list>

namespace cf::hub {

namespace {

// Each field with its length before it, so that no two records read the same.
quint64 term(QByteArrayView kind, std::initializer_list<QByteArrayView> fields, qint64 pos)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(kind);
    for (const QByteArrayView field : fields) {
        const QByteArray length = QByteArray::number(field.size()) + ':';
        hash.addData(length);
        hash.addData(field);
    }
    hash.addData(QByteArray::number(pos));
    return qFromBigEndian<quint64>(hash.result().constData());
}

} // namespace

void RecordTally::add(const CommandRecord &record, qint64 pos)
{
    ++count;
    digest += term("command", {record.scope, record.key, record.fingerprint, record.answer}, pos);
}

void RecordTally::add(const DeviceCommandRecord &record, qint64 pos)
{
    ++count;
    digest += term(
        "device_command",
        {record.device.toUtf8(), QByteArray::number(record.n), record.fingerprint, record.answer},
        pos);
}

Result<RecordTally> tallyRecords(Database &db)
{
    RecordTally tally;
    Result<Statement> commands =
        db.prepare(QByteArrayLiteral("SELECT scope, key, fingerprint, answer, pos FROM command"));
    if (!commands)
        return commands.error();
    Result<Statement> deviceCommands = db.prepare(
        QByteArrayLiteral("SELECT device, n, fingerprint, answer, pos FROM device_command"));
    if (!deviceCommands)
        return deviceCommands.error();
    Query command(*commands);
    Result<bool> row = command.step();
    for (; row && *row; row = command.step())
        tally.add(
            CommandRecord{command.bytes(0), command.bytes(1), command.bytes(2), command.bytes(3)},
            command.integer(4));
    if (!row)
        return row.error();
    Query device(*deviceCommands);
    for (row = device.step(); row && *row; row = device.step())
        tally.add(DeviceCommandRecord{device.text(0), device.integer(1), device.bytes(2),
                                      device.bytes(3)},
                  device.integer(4));
    return row ? Result<RecordTally>(tally) : row.error();
}

} // namespace cf::hub
