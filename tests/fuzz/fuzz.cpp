// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include <QDir>
#include <QLoggingCategory>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>

namespace cf::fuzz {

void demandOr(bool holds, const char *what, int line)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold, line %d: %s\n", line, what);
    std::abort();
}

QByteArrayList pieces(QByteArrayView input, char at, qsizetype most)
{
    QByteArrayList list;
    while (list.size() + 1 < most) {
        const qsizetype end = input.indexOf(at);
        if (end < 0)
            break;
        list.append(input.first(end).toByteArray());
        input = input.sliced(end + 1);
    }
    list.append(input.toByteArray());
    return list;
}

const QString &scratch()
{
    static const QTemporaryDir dir(QDir(QStringLiteral("/dev/shm")).exists()
                                       ? QStringLiteral("/dev/shm/cf-fuzz-XXXXXX")
                                       : QDir::tempPath() + QStringLiteral("/cf-fuzz-XXXXXX"));
    static const QString path = dir.path();
    return path;
}

void emptyScratch()
{
    QDir dir(scratch());
    for (const QString &name : dir.entryList(QDir::Files | QDir::Hidden))
        dir.remove(name);
}

QByteArray edited(QByteArray pristine, QByteArrayView edits)
{
    const auto byte = [&edits](qsizetype i) { return static_cast<uchar>(edits[i]); };
    for (; edits.size() >= 8 && !pristine.isEmpty(); edits = edits.sliced(8)) {
        const qsizetype offset = (byte(1) << 16 | byte(2) << 8 | byte(3)) % pristine.size();
        const qsizetype length = byte(4);
        const QByteArray with = edits.sliced(5, 3).toByteArray();
        switch (byte(0) % 4) {
        case 0: pristine.replace(offset, qMin<qsizetype>(3, pristine.size() - offset), with); break;
        case 1: pristine.insert(offset, with.repeated(length)); break;
        case 2: pristine.remove(offset, length * 16); break;
        default: pristine.replace(offset, 1, with.first(1));
        }
    }
    return pristine;
}

} // namespace cf::fuzz

extern "C" int LLVMFuzzerInitialize(int * /*count*/, char *** /*arguments*/)
{
    // What is refused is also logged; that is not what is looked for here.
    QLoggingCategory::setFilterRules(QStringLiteral("*=false"));
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cf::fuzz::run({reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)});
    return 0;
}
