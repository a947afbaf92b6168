// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/torment.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const auto options = cf::crash::readOptions(QCoreApplication::arguments());
    if (!options)
        return 2;
    cf::crash::Torment torment(*options);
    const bool isFine = torment.run();
    const QByteArray report = torment.report().toUtf8();
    std::fputs(report.constData(), stdout);
    if (QFile file(options->report); !options->report.isEmpty()) {
        if (!file.open(QIODevice::WriteOnly) || file.write(report) != report.size()) {
            std::fprintf(stderr, "cannot write %s\n", qUtf8Printable(options->report));
            return 2;
        }
    }
    return isFine ? 0 : 1;
}
