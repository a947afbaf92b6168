<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AllDayPanel</name>
    <message>
        <source>All-day: %1 items</source>
        <translation>Totales: %1 artículos</translation>
    </message>
    <message>
        <source>ALL</source>
        <translation>TODO</translation>
    </message>
    <message>
        <source>Nothing to cook</source>
        <translation>Nada que cocinar</translation>
    </message>
</context>
<context>
    <name>AllDayRow</name>
    <message>
        <source>◐ %1 cooking</source>
        <translation>◐ %1 en marcha</translation>
    </message>
</context>
<context>
    <name>AllergenTag</name>
    <message>
        <source>⚠ %1: tap to confirm</source>
        <translation>⚠ %1: toca para confirmar</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>READY</source>
        <translation>LISTAS</translation>
    </message>
    <message>
        <source>+%1 more</source>
        <translation>+%1 más</translation>
    </message>
    <message>
        <source>Nothing waiting for pickup</source>
        <translation>Nada pendiente de recoger</translation>
    </message>
    <message>
        <source>RECALL</source>
        <translation>RECUPERAR</translation>
    </message>
</context>
<context>
    <name>ClosedFooter</name>
    <message>
        <source>Asking the hub for older ones…</source>
        <translation>Preguntando a la central por las anteriores…</translation>
    </message>
    <message>
        <source>The hub does not answer: only the last ones are here</source>
        <translation>La central no responde: aquí solo están las últimas</translation>
    </message>
</context>
<context>
    <name>ClosedOrder</name>
    <message>
        <source>RECALL</source>
        <translation>RECUPERAR</translation>
    </message>
</context>
<context>
    <name>ClosedPanel</name>
    <message>
        <source>Recall</source>
        <translation>Recuperar</translation>
    </message>
    <message>
        <source>Recall: %1</source>
        <translation>Recuperar: %1</translation>
    </message>
    <message>
        <source>Nothing has left this board yet</source>
        <translation>Aún no ha salido nada de esta pantalla</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Sin resultados</translation>
    </message>
</context>
<context>
    <name>CourseDivider</name>
    <message>
        <source>FIRE</source>
        <translation>MARCHAR</translation>
    </message>
</context>
<context>
    <name>EmptyBoard</name>
    <message>
        <source>Nothing to take out</source>
        <translation>Nada que llevar a sala</translation>
    </message>
    <message>
        <source>No open orders</source>
        <translation>Sin comandas abiertas</translation>
    </message>
    <message>
        <source>Nothing for %1</source>
        <translation>Nada para %1</translation>
    </message>
    <message>
        <source>Catching up with the hub</source>
        <translation>Sincronizando con la central</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Sin conexión</translation>
    </message>
    <message>
        <source>Proven equal to the hub %1 ago</source>
        <translation>Comprobado hace %1: igual que la central</translation>
    </message>
    <message>
        <source>Orders may still be on their way</source>
        <translation>Puede que falten comandas por llegar</translation>
    </message>
    <message>
        <source>This screen has not reached the hub yet: orders may be waiting</source>
        <translation>Esta pantalla aún no ha contactado con la central: puede haber comandas esperando</translation>
    </message>
    <message>
        <source>There may be new orders since %1. Ask the counter.</source>
        <translation>Puede haber comandas nuevas desde las %1. Pregunta en el mostrador.</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>Expo</source>
        <translation>Pase</translation>
    </message>
    <message>
        <source>Runner</source>
        <translation>Sala</translation>
    </message>
    <message>
        <source>open</source>
        <translation>abiertas</translation>
    </message>
    <message>
        <source>late</source>
        <translation>tarde</translation>
    </message>
    <message>
        <source>items to cook</source>
        <translation>por cocinar</translation>
    </message>
</context>
<context>
    <name>KeyLine</name>
    <message>
        <source>press a key …</source>
        <translation>pulsa una tecla …</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>sin tecla</translation>
    </message>
    <message>
        <source>CANCEL</source>
        <translation>CANCELAR</translation>
    </message>
    <message>
        <source>LEARN</source>
        <translation>ASIGNAR</translation>
    </message>
</context>
<context>
    <name>KeysPanel</name>
    <message>
        <source>Bump, choose</source>
        <translation>Listo, elegir</translation>
    </message>
    <message>
        <source>Recall, close</source>
        <translation>Recuperar, cerrar</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Iniciar</translation>
    </message>
    <message>
        <source>Next ticket or line</source>
        <translation>Comanda o línea siguiente</translation>
    </message>
    <message>
        <source>Previous ticket or line</source>
        <translation>Comanda o línea anterior</translation>
    </message>
    <message>
        <source>Lines of the ticket</source>
        <translation>Líneas de la comanda</translation>
    </message>
    <message>
        <source>Ticket menu, move a line</source>
        <translation>Menú de comanda, mover línea</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Página siguiente</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Página anterior</translation>
    </message>
    <message>
        <source>All-day</source>
        <translation>Totales</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Press the key</source>
        <translation>Pulsa la tecla</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Teclado</translation>
    </message>
    <message>
        <source>20-key bump bar</source>
        <translation>Botonera de 20 teclas</translation>
    </message>
    <message>
        <source>KB9000</source>
        <translation>KB9000</translation>
    </message>
    <message>
        <source>A digit bumps at once</source>
        <translation>Un número marca listo al momento</translation>
    </message>
    <message>
        <source>Guard against double bumps</source>
        <translation>Evitar dobles pulsaciones</translation>
    </message>
</context>
<context>
    <name>Kitchen</name>
    <message>
        <source>a restart would forget taps: %1</source>
        <translation>al reiniciar se perderían toques: %1</translation>
    </message>
    <message>
        <source>the hub refuses this display&apos;s token</source>
        <translation>la central rechaza la clave</translation>
    </message>
    <message>
        <source>another display has taken its place</source>
        <translation>otra pantalla ocupa su lugar</translation>
    </message>
    <message>
        <source>the board differed, loading it anew</source>
        <translation>el tablero no coincidía, recargando</translation>
    </message>
    <message>
        <source>asking, no stream gets through</source>
        <translation>consultando, sin canal directo</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>conectando</translation>
    </message>
    <message>
        <source>plain</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>unrouted %1</source>
        <translation>sin partida %1</translation>
    </message>
    <message>
        <source>%1 cancelled: stop cooking</source>
        <translation>%1 cancelada: dejar de cocinar</translation>
    </message>
    <message>
        <source>The kitchen</source>
        <translation>La cocina</translation>
    </message>
    <message>
        <source>%1 waits for the kitchen</source>
        <translation>%1 espera a la cocina</translation>
    </message>
    <message>
        <source>%1 bumped</source>
        <translation>%1: listo</translation>
    </message>
    <message>
        <source>%1: void confirmed</source>
        <translation>%1: anulación confirmada</translation>
    </message>
    <message>
        <source>%1: allergens confirmed</source>
        <translation>%1: alérgenos confirmados</translation>
    </message>
    <message>
        <source>%1 recalled</source>
        <translation>%1 recuperada</translation>
    </message>
    <message>
        <source>%1 picked up</source>
        <translation>%1 recogida</translation>
    </message>
    <message>
        <source>%1 in its turn</source>
        <translation>%1 en su turno</translation>
    </message>
    <message>
        <source>%1 first</source>
        <translation>%1 va primero</translation>
    </message>
    <message>
        <source>%1 course %2 on hold</source>
        <translation>%1 pase %2 en espera</translation>
    </message>
    <message>
        <source>%1 course %2 fired</source>
        <translation>%1 pase %2 marchado</translation>
    </message>
    <message>
        <source>%1: the floor was told</source>
        <translation>%1: sala avisada</translation>
    </message>
    <message>
        <source>%1 %2: the kitchen says when it is cooked</source>
        <translation>%1 %2: la cocina dirá cuándo está</translation>
    </message>
    <message>
        <source>%1 %2 recalled</source>
        <translation>%1 %2: recuperado</translation>
    </message>
    <message>
        <source>%1 %2 done</source>
        <translation>%1 %2: hecho</translation>
    </message>
    <message>
        <source>%1 %2 to %3</source>
        <translation>%1 %2 a %3</translation>
    </message>
    <message>
        <source>%1: the tap could not be saved, nothing was done. %2</source>
        <translation>%1: no se pudo guardar el toque, no se ha hecho nada. %2</translation>
    </message>
    <message>
        <source>live, but not saved here</source>
        <translation>en vivo, pero sin guardar aquí</translation>
    </message>
    <message>
        <source>live</source>
        <translation>en vivo</translation>
    </message>
    <message>
        <source>catching up, %1 behind</source>
        <translation>sincronizando, faltan %1</translation>
    </message>
    <message>
        <source>catching up</source>
        <translation>sincronizando</translation>
    </message>
    <message>
        <source>offline, as of %1</source>
        <translation>sin red, datos de %1</translation>
    </message>
    <message>
        <source>offline, never connected</source>
        <translation>sin red, nunca conectada</translation>
    </message>
    <message>
        <source>not allowed in, as of %1</source>
        <translation>sin acceso, datos de %1</translation>
    </message>
    <message>
        <source>not allowed in, never connected</source>
        <translation>sin acceso, nunca conectada</translation>
    </message>
    <message>
        <source>1 tap waiting to be sent</source>
        <translation>1 toque por enviar</translation>
    </message>
    <message>
        <source>%1 taps waiting to be sent</source>
        <translation>%1 toques por enviar</translation>
    </message>
    <message>
        <source>proven %1 ago</source>
        <translation>comprobado hace %1</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>%1 de retraso</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>desde hace %1</translation>
    </message>
    <message>
        <source>Bumped</source>
        <translation>Listo aquí</translation>
    </message>
    <message>
        <source>%1 %2 ago</source>
        <translation>%1 hace %2</translation>
    </message>
    <message>
        <source>Course %1 · hold</source>
        <translation>Pase %1 · espera</translation>
    </message>
    <message>
        <source>Course %1 · fired</source>
        <translation>Pase %1 · marchado</translation>
    </message>
    <message>
        <source>Course %1</source>
        <translation>Pase %1</translation>
    </message>
    <message>
        <source>Added later · hold</source>
        <translation>Añadido · espera</translation>
    </message>
    <message>
        <source>Added later</source>
        <translation>Añadido después</translation>
    </message>
    <message>
        <source>%1 was not started</source>
        <translation>%1 no se ha iniciado</translation>
    </message>
    <message>
        <source>%1 was not bumped</source>
        <translation>%1 no se ha dado por listo</translation>
    </message>
    <message>
        <source>%1 was not recalled</source>
        <translation>%1 no se ha recuperado</translation>
    </message>
    <message>
        <source>%1 was not closed</source>
        <translation>%1 no se ha cerrado</translation>
    </message>
    <message>
        <source>%1 was not moved</source>
        <translation>%1 no se ha movido</translation>
    </message>
    <message>
        <source>%1 was not confirmed</source>
        <translation>%1 no se ha confirmado</translation>
    </message>
    <message>
        <source>%1 was not fired</source>
        <translation>%1 no se ha marchado</translation>
    </message>
    <message>
        <source>%1 was not held</source>
        <translation>%1 no se ha puesto en espera</translation>
    </message>
    <message>
        <source>%1 keeps its priority</source>
        <translation>%1 conserva su prioridad</translation>
    </message>
    <message>
        <source>%1 has not told the floor</source>
        <translation>%1: no se ha avisado a sala</translation>
    </message>
    <message>
        <source>the hub does not know this order</source>
        <translation>la central no conoce esta comanda</translation>
    </message>
    <message>
        <source>it has been cancelled</source>
        <translation>se ha cancelado</translation>
    </message>
    <message>
        <source>it has already been picked up</source>
        <translation>ya se ha recogido</translation>
    </message>
    <message>
        <source>it is already ready</source>
        <translation>ya está lista</translation>
    </message>
    <message>
        <source>it has not been paid yet</source>
        <translation>aún no está pagada</translation>
    </message>
    <message>
        <source>Dine in</source>
        <translation>En local</translation>
    </message>
    <message>
        <source>Takeaway</source>
        <translation>Para llevar</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>A domicilio</translation>
    </message>
    <message>
        <source>Drive-thru</source>
        <translation>Ventanilla</translation>
    </message>
    <message>
        <source>Curbside</source>
        <translation>Llevar al coche</translation>
    </message>
    <message>
        <source>Table %1</source>
        <translation>Mesa %1</translation>
    </message>
    <message>
        <source>1 guest</source>
        <translation>1 comensal</translation>
    </message>
    <message>
        <source>%1 guests</source>
        <translation>%1 comensales</translation>
    </message>
    <message>
        <source>due %1</source>
        <translation>para las %1</translation>
    </message>
    <message>
        <source>%1 h %2</source>
        <translation>%1 h %2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>in %1 min</source>
        <translation>en %1 min</translation>
    </message>
    <message>
        <source>due in %1 h</source>
        <translation>sale en %1 h</translation>
    </message>
    <message>
        <source>due in %1 min</source>
        <translation>sale en %1 min</translation>
    </message>
    <message>
        <source>due now</source>
        <translation>sale ya</translation>
    </message>
    <message>
        <source>%1 min overdue</source>
        <translation>%1 min de retraso</translation>
    </message>
    <message>
        <source>%1 h overdue</source>
        <translation>%1 h de retraso</translation>
    </message>
    <message>
        <source>Not paid</source>
        <translation>Sin pagar</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nueva</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Aceptada</translation>
    </message>
    <message>
        <source>Cooking</source>
        <translation>En cocina</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Lista</translation>
    </message>
    <message>
        <source>Picked up</source>
        <translation>Recogida</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelada</translation>
    </message>
    <message>
        <source>%1 stations are not looked after</source>
        <translation>%1 partidas sin atender</translation>
    </message>
    <message>
        <source>%1 is off</source>
        <translation>%1: pantalla apagada</translation>
    </message>
    <message>
        <source>%1 does not show its tickets</source>
        <translation>%1: no muestra sus comandas</translation>
    </message>
    <message>
        <source>nothing to cook there yet</source>
        <translation>aún nada que cocinar ahí</translation>
    </message>
    <message>
        <source>1 ticket unseen</source>
        <translation>1 comanda sin ver</translation>
    </message>
    <message>
        <source>%1 tickets unseen</source>
        <translation>%1 comandas sin ver</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>desde las %1</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
</context>
<context>
    <name>KitchenPage</name>
    <message>
        <source>Move %1 to</source>
        <translation>Mover %1 a</translation>
    </message>
    <message>
        <source>Ticket %1</source>
        <translation>Comanda %1</translation>
    </message>
    <message>
        <source>★ Rush, or in its turn</source>
        <translation>★ Urgente, o en su turno</translation>
    </message>
    <message>
        <source>Please come to the kitchen</source>
        <translation>Ven a cocina, por favor</translation>
    </message>
    <message>
        <source>✉ Come to the kitchen</source>
        <translation>✉ Venir a cocina</translation>
    </message>
    <message>
        <source>This order will be late</source>
        <translation>Esta comanda saldrá con retraso</translation>
    </message>
    <message>
        <source>✉ Will be late</source>
        <translation>✉ Saldrá con retraso</translation>
    </message>
    <message>
        <source>Something of this order is out of stock</source>
        <translation>Algo de esta comanda está agotado</translation>
    </message>
    <message>
        <source>✉ Out of stock</source>
        <translation>✉ Agotado</translation>
    </message>
</context>
<context>
    <name>LineMark</name>
    <message>
        <source>S%1</source>
        <translation>C%1</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>CounterFire: %1</source>
        <translation>CounterFire: %1</translation>
    </message>
</context>
<context>
    <name>MoreBelow</name>
    <message>
        <source>▼ more below, swipe up</source>
        <translation>▼ hay más abajo, desliza</translation>
    </message>
</context>
<context>
    <name>NoticeBanner</name>
    <message>
        <source>+%1 more</source>
        <translation>+%1 más</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>PageButtons</name>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>+%1 more</source>
        <translation>+%1 más</translation>
    </message>
</context>
<context>
    <name>TicketCard</name>
    <message>
        <source>◔ elsewhere: %1</source>
        <translation>◔ en otras partidas: %1</translation>
    </message>
</context>
<context>
    <name>TicketFooter</name>
    <message>
        <source>ALLERGENS SEEN</source>
        <translation>ALÉRGENOS OK</translation>
    </message>
    <message>
        <source>VOID SEEN</source>
        <translation>ANULADO OK</translation>
    </message>
    <message>
        <source>FIRE NEXT COURSE</source>
        <translation>MARCHAR PASE</translation>
    </message>
    <message>
        <source>COOKING</source>
        <translation>EN COCINA</translation>
    </message>
    <message>
        <source>HAND OUT</source>
        <translation>ENTREGAR</translation>
    </message>
    <message>
        <source>BUMP</source>
        <translation>LISTO</translation>
    </message>
    <message>
        <source>START</source>
        <translation>INICIAR</translation>
    </message>
</context>
<context>
    <name>TicketHeader</name>
    <message>
        <source>LATE</source>
        <translation>TARDE</translation>
    </message>
    <message>
        <source>HURRY</source>
        <translation>PRISA</translation>
    </message>
    <message>
        <source>★ rush</source>
        <translation>★ urgente</translation>
    </message>
    <message>
        <source>↶ recalled</source>
        <translation>↶ recuperada</translation>
    </message>
    <message>
        <source>↑ not sent yet</source>
        <translation>↑ aún sin enviar</translation>
    </message>
</context>
<context>
    <name>TicketLine</name>
    <message>
        <source>✕ voided, do not make: tap to confirm</source>
        <translation>✕ anulado, no hacer: toca para confirmar</translation>
    </message>
    <message>
        <source>✕ voided, do not make</source>
        <translation>✕ anulado, no hacer</translation>
    </message>
    <message>
        <source>? unrouted</source>
        <translation>? sin partida</translation>
    </message>
</context>
<context>
    <name>UndoToast</name>
    <message>
        <source>UNDO</source>
        <translation>DESHACER</translation>
    </message>
</context>
</TS>
